import { foreground } from './foreground.mjs';
import { inRoot, node24 } from './root.mjs';
import { command, setUp } from './setUp.mjs';

await command(async (args) => {
  await setUp({ build: false });
  const { code } = await foreground(node24(), [inRoot('tests', 'fakes', 'ondemand', 'program.ts'), ...args]);
  return code;
});
