// The probe itself: Node does all that the fuses forbid a packed program, a script of the shell nothing of it.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { opensOnSignal, probeFuses } from './probeFuses.ts';

const onWindows = process.platform === 'win32';
const plain = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NODE_')));

test('it sees a program that can be used as Node, told what to load, and looked into', async () => {
  const found = await probeFuses(process.execPath, plain);
  expect(found).toEqual(
    expect.arrayContaining([
      'runs as Node',
      'runs a script as Node',
      'heeds NODE_OPTIONS',
      'heeds --require',
      'heeds --inspect-brk',
    ]),
  );
}, 120_000);

test.skipIf(onWindows)('it finds nothing in one that heeds none of it', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-deaf-'));
  const program = path.join(folder, 'deaf');
  writeFileSync(program, '#!/bin/sh\nexit 0\n');
  chmodSync(program, 0o755);
  expect(await probeFuses(program, plain)).toEqual([]);
  rmSync(folder, { recursive: true });
});

test.skipIf(onWindows)('it sees a debugger that a signal opens', async () => {
  const child = spawn(process.execPath, ['--inspect-port=0', '-e', 'setInterval(() => {}, 1000)'], {
    env: plain,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (bytes) => {
    said += bytes;
  });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  try {
    expect(await opensOnSignal(child, () => said)).toBe(true);
  } finally {
    child.kill('SIGKILL');
  }
});
