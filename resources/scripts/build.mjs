import { ensureBuild } from './outputs.mjs';
import { command, setUp } from './setUp.mjs';

await command(async () => {
  await setUp({ build: false });
  await ensureBuild({ all: true });
});
