import { existsSync } from 'node:fs';
import { desktopRuntime } from './electronRuntime.mjs';
import { foreground } from './foreground.mjs';
import { runHeadless } from './headless.mjs';
import { inRoot, root, say } from './root.mjs';
import { command, setUp } from './setUp.mjs';

/** A window that never came up: missing system libraries (127), or a sandbox that the kernel refuses. */
function neverCameUp({ code, signal, ms }) {
  return ms < 10_000 && (code === 127 || ['SIGTRAP', 'SIGABRT', 'SIGSEGV', 'SIGILL'].includes(signal));
}

async function startDesktop(args) {
  if (!existsSync(inRoot('out', 'main', 'desktop.js'))) return { reason: 'the desktop is not built' };
  const runtime = await desktopRuntime();
  if (!runtime.program) return runtime;
  const ended = await foreground(runtime.program, [root, ...args]);
  return neverCameUp(ended) ? { reason: `Electron could not start (${ended.signal ?? ended.code})` } : ended;
}

await command(async (args) => {
  await setUp();
  const desktop = await startDesktop(args);
  if (!desktop.reason) return desktop.code;
  say(`No desktop here: ${desktop.reason}. Serving the dashboard headless instead.`);
  return runHeadless(args);
});
