import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../../unit/usage/testEngine.ts';

/** Why no small disk can be mounted here, or null. */
function whyNoDisk(): string | null {
  if (process.platform !== 'linux') return `needs Linux, this is ${process.platform}`;
  const run = spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=2m tmpfs /tmp'], {
    timeout: 5000,
  });
  return run.status === 0 ? null : 'unshare -rm with a tmpfs is not permitted here';
}

test('a full disk: the store serves on, says so once, and recovers by itself, five times over', {
  timeout: 120_000,
}, ({ skip }) => {
  const reason = whyNoDisk();
  if (reason) skip(reason);
  const folder = testFolder();
  const child = join(import.meta.dirname, 'diskFullChild.ts');
  const script = 'mount -t tmpfs -o size=2m tmpfs "$1" && exec "$2" "$3" "$1"';
  const run = spawnSync('unshare', ['-rm', 'sh', '-c', script, 'sh', folder, process.execPath, child], {
    timeout: 100_000,
  });
  expect([run.status, run.stderr.toString()]).toEqual([0, '']);
  const { troubles, rounds } = JSON.parse(run.stdout.toString()) as {
    troubles: (string | null)[];
    rounds: {
      noticed: boolean;
      answered: number;
      recovered: boolean;
      stored: number;
      counted: number;
      added: number;
    }[];
  };
  expect(troubles).toEqual(rounds.flatMap(() => [expect.stringMatching(/the disk is full/), null]));
  rounds.forEach((round, index) => {
    const { added } = round;
    expect(added).toBe((index + 1) * 400);
    expect(round).toEqual({
      noticed: true,
      answered: index === 0 ? round.answered : 5,
      recovered: true,
      stored: added,
      counted: added,
      added,
    });
  });
});
