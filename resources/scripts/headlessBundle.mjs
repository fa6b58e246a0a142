// Gathers what the headless program needs to run on its own: `node resources/scripts/headlessBundle.mjs FOLDER` after a build.
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, readJson, say } from './root.mjs';

const [folder] = process.argv.slice(2);
if (!folder) {
  process.stderr.write('usage: headlessBundle.mjs FOLDER\n');
  process.exit(2);
}
if (
  !existsSync(inRoot('out', 'main', 'headless.js')) ||
  !existsSync(inRoot('out', 'renderer', 'index.html'))
) {
  process.stderr.write('out/ is missing or not whole: npm run build makes it\n');
  process.exit(1);
}

function copy(...parts) {
  cpSync(inRoot(...parts), path.join(folder, ...parts), { recursive: true });
}

const target = `${process.platform}-${process.arch}`;
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(inRoot('out', 'main'))) if (name !== 'desktop.js') copy('out', 'main', name);
copy('out', 'renderer');
copy('LICENSE');
cpSync(inRoot('resources', 'deploy', 'sluice.service'), path.join(folder, 'sluice.service'));
// The native modules, each with its one build for this system.
for (const name of ['package.json', 'LICENSE', 'lib', `prebuilds/${target}.node`])
  copy('node_modules', 'better-sqlite3', ...name.split('/'));
for (const name of ['package.json', 'LICENSE.md', 'lib', `prebuilds/${target}/keytar.node`])
  copy('node_modules', 'keytar', ...name.split('/'));
const { name, version, license, type } = readJson(inRoot('package.json'));
writeFileSync(
  path.join(folder, 'package.json'),
  `${JSON.stringify({ name, version, license, type, private: true }, null, 2)}\n`,
);
say(`the headless program for ${target} is in ${folder}: node out/main/headless.js`);
