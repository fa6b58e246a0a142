// Starts the compiled headless gateway in the foreground.
import { existsSync } from 'node:fs';
import { foreground } from './foreground.mjs';
import { inRoot, node24 } from './root.mjs';

/** Resolves with the exit code of CONTRACT section 2. */
export async function runHeadless(flags, options = {}) {
  const entry = inRoot('out', 'main', 'headless.js');
  if (!existsSync(entry)) throw new Error('out/main/headless.js is missing: npm run build makes it');
  const { code } = await foreground(node24(), ['--enable-source-maps', entry, ...flags], options);
  return code;
}
