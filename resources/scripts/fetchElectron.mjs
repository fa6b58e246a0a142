// Fetches Electron's runtime ahead of time, for machines that must test with it. Fails where it can't be had.
import { electronProgram, fetchElectron } from './electronRuntime.mjs';
import { say } from './root.mjs';
import { command, setUp } from './setUp.mjs';

await command(async () => {
  await setUp({ build: false });
  const problem = electronProgram() ? null : await fetchElectron();
  if (problem) throw new Error(problem);
  say(`Electron is at ${electronProgram()}`);
});
