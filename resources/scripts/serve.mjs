import { runHeadless } from './headless.mjs';
import { command, setUp } from './setUp.mjs';

await command(async (flags) => {
  await setUp();
  return runHeadless(flags);
});
