import { foreground } from './foreground.mjs';
import { inRoot, node24 } from './root.mjs';
import { command, setUp } from './setUp.mjs';

await command(async (args) => {
  await setUp();
  const { code } = await foreground(node24(), [inRoot('tests', 'e2e', 'dashboard', 'screens.ts'), ...args]);
  return code;
});
