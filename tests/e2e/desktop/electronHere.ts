import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const packageDir = path.join(import.meta.dirname, '..', '..', '..', 'node_modules', 'electron');

function programOf(): string | null {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const name = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[
    process.platform as string
  ];
  const program = path.join(override ?? path.join(packageDir, 'dist'), name ?? 'electron');
  if (!existsSync(program)) return null;
  // A stub that stands for a runtime while packaging is no runtime.
  return readFileSync(program).subarray(0, 2).toString() === '#!' ? null : program;
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
