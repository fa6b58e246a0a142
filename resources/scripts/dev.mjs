// Runs the app from sources: changes of the page show at once, changes of the main process restart it.
import { desktopRuntime } from './electronRuntime.mjs';
import { foreground } from './foreground.mjs';
import { inRoot, node24, say } from './root.mjs';
import { command, setUp } from './setUp.mjs';

await command(async (args) => {
  await setUp({ build: false });
  const { program, reason } = await desktopRuntime();
  if (reason) say(`No desktop here: ${reason}. Developing on the headless gateway instead.`);
  const loop = inRoot('resources', 'scripts', 'developLoop.mjs');
  const { code } = await foreground(node24(), [loop, ...args], {
    env: program ? { SLUICE_DEV_ELECTRON: program } : {},
  });
  return code;
});
