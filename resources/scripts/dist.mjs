import { foreground } from './foreground.mjs';
import { commandOf, node24 } from './root.mjs';
import { command, setUp } from './setUp.mjs';

await command(async (args) => {
  await setUp();
  const { code } = await foreground(node24(), [commandOf('electron-builder'), '--publish', 'never', ...args]);
  return code;
});
