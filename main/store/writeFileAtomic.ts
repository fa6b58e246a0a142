import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** The mode of every file in the data folder. */
export const privateMode = 0o600;

/** Makes a rename in this folder survive a power cut, where the file system can. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  let descriptor: number | null = null;
  try {
    descriptor = fs.openSync(folder, 'r');
    fs.fsyncSync(descriptor);
  } catch {
    // The rename is done; some file systems just can't sync a folder.
  } finally {
    if (descriptor !== null) fs.closeSync(descriptor);
  }
}

function sleepSync(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** On Windows a virus scanner or an editor can hold the target for a moment. */
function rename(from: string, to: string): void {
  for (let attempt = 0; ; attempt++) {
    try {
      fs.renameSync(from, to);
      return;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (process.platform !== 'win32' || attempt >= 20 || !['EPERM', 'EACCES', 'EBUSY'].includes(code))
        throw error;
      sleepSync(25);
    }
  }
}

function realTarget(file: string): string {
  try {
    return fs.realpathSync(file);
  } catch {
    return file;
  }
}

/** Replaces a file's content: afterwards the file is the old one or the new one, never a part. Mode 0600, whatever the umask. */
export function writeFileAtomic(file: string, data: string | Uint8Array): void {
  const target = realTarget(file);
  const temporary = `${target}.tmp-${randomBytes(8).toString('hex')}`;
  let descriptor: number | null = null;
  try {
    descriptor = fs.openSync(temporary, 'wx', privateMode);
    fs.writeFileSync(descriptor, data);
    fs.fsyncSync(descriptor);
    fs.closeSync(descriptor);
    descriptor = null;
    rename(temporary, target);
  } catch (error) {
    if (descriptor !== null) fs.closeSync(descriptor);
    fs.rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(path.dirname(target));
}

/** Removes what writers that were killed left beside `files`; a file younger than a minute may still be in the making. */
export function removeLeftovers(folder: string, files: readonly string[], now: number): void {
  for (const name of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
    if (!files.some((file) => name.startsWith(`${file}.tmp-`))) continue;
    const leftover = path.join(folder, name);
    const made = fs.statSync(leftover, { throwIfNoEntry: false })?.mtimeMs ?? now;
    if (now - made > 60_000) fs.rmSync(leftover, { force: true });
  }
}
