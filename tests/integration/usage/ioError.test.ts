import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../../unit/usage/testEngine.ts';
import { findWrong, rowsOf } from './openStore.ts';

const child = join(import.meta.dirname, 'ioErrorChild.ts');

/** Why system calls can't be made to fail here, or null. */
function whyNoTrace(): string | null {
  if (process.platform !== 'linux') return `needs Linux, this is ${process.platform}`;
  const run = spawnSync('strace', ['-qq', '-e', 'inject=getpid:error=EPERM', 'true'], { timeout: 5000 });
  if (run.error) return 'strace is not installed';
  return run.status === 0 ? null : 'strace may not trace here';
}

test.for([
  ['writing', 'pwrite64', 'EIO', '60..63'],
  ['writing from the first page on', 'pwrite64', 'EIO', '1..2'],
  ['syncing', 'fsync,fdatasync', 'EIO', '1..3'],
  ['growing', 'pwrite64', 'EDQUOT', '50..52'],
])(
  'a disk that reports errors while %s: the store says so, recovers, and loses nothing',
  {
    timeout: 60_000,
  },
  ([, calls, error, when], { skip }) => {
    const reason = whyNoTrace();
    if (reason) skip(reason);
    const folder = testFolder();
    const file = join(folder, 'usage.db');
    const options = ['-f', '-qq', '-o', join(folder, 'trace'), '-e', `trace=${calls}`];
    const inject = ['-e', `inject=${calls}:error=${error}:when=${when}`];
    const run = spawnSync('strace', [...options, ...inject, process.execPath, child, file], {
      timeout: 50_000,
    });
    expect([run.status, run.stderr.toString()]).toEqual([0, '']);
    const { troubles, stored, added } = JSON.parse(run.stdout.toString()) as {
      troubles: (string | null)[];
      stored: number;
      added: number;
    };
    expect(troubles.length).toBeGreaterThanOrEqual(2);
    expect(troubles[0]).toMatch(/disk (reports errors|is full)/);
    expect(troubles.at(-1)).toBeNull();
    expect(stored).toBe(added);
    expect(rowsOf(file, 'SELECT count(*) n FROM records')).toEqual([{ n: added }]);
    expect(findWrong(file)).toBeNull();
  },
);
