// Makes the installers of this system into dist/ and tells how large they are.
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { foreground } from './foreground.mjs';
import { commandOf, inRoot, node24, say } from './root.mjs';
import { command, setUp } from './setUp.mjs';
import { signingLines } from './signing.mjs';

const installers = /\.(dmg|zip|exe|AppImage|deb)$/;

function tellSizes() {
  const folder = inRoot('dist');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => installers.test(name)) : [];
  for (const name of names) {
    const megabytes = statSync(path.join(folder, name)).size / 1024 / 1024;
    say(`${megabytes.toFixed(1).padStart(7)} MB  dist/${name}`);
  }
}

await command(async (args) => {
  await setUp();
  for (const line of signingLines(process.platform, process.env)) say(line);
  const { code } = await foreground(node24(), [commandOf('electron-builder'), '--publish', 'never', ...args]);
  if (code === 0) tellSizes();
  return code;
});
