import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import path from 'node:path';

const packageDir = path.join(import.meta.dirname, '..', '..', '..', 'node_modules', 'electron');

/** The first two characters of a file that may have hundreds of megabytes. */
function startOf(file: string): string {
  const start = Buffer.alloc(2);
  const opened = openSync(file, 'r');
  readSync(opened, start, 0, 2, 0);
  closeSync(opened);
  return start.toString('latin1');
}

function programOf(): string | null {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const name = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[
    process.platform as string
  ];
  const program = path.join(override ?? path.join(packageDir, 'dist'), name ?? 'electron');
  if (!existsSync(program)) return null;
  // A stub that stands for a runtime while packaging is no runtime.
  return startOf(program) === '#!' ? null : program;
}

/** The real runtime where it can show a window; else why not. */
export function electronHere(): { program: string; reason: null } | { program: null; reason: string } {
  const program = programOf();
  if (!program) return { program: null, reason: 'there is no Electron runtime here' };
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return { program: null, reason: 'there is no display' };
  if (process.platform === 'linux' && process.getuid?.() === 0)
    return { program: null, reason: 'the sandbox of the windows refuses root' };
  return { program, reason: null };
}
