import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLineReader, tailLog } from '../../../main/control/logTail.ts';
import { createLogFile, type LogFile } from '../../../main/store/logFile.ts';

let dataDir = '';
let file: LogFile;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'sluice-log-'));
  file = createLogFile(dataDir);
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const write = (message: string, level: 'info' | 'warn' = 'info') => file.sink({ time: 0, level, message });

it('begins with the end of the file and goes on with what is written', async () => {
  for (let n = 1; n <= 1200; n += 1) write(`line ${n}`);
  const tail = tailLog(file);
  const first = (await tail.next()).value;
  expect(first?.lines).toHaveLength(1000);
  expect(first?.lines.at(-1)).toEqual({ number: 1000, time: 0, level: 'info', text: 'line 1200' });
  write('one', 'warn');
  write('two');
  const next = (await tail.next()).value;
  expect(next?.lines.map(({ level, text }) => [level, text])).toEqual([
    ['warn', 'one'],
    ['info', 'two'],
  ]);
  await tail.return(undefined);
});

it('drops the oldest lines, and says how many, where nobody reads', async () => {
  const tail = tailLog(file);
  await tail.next();
  for (let n = 1; n <= 2500; n += 1) write(`line ${n}`);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const { lines, missed } = (await tail.next()).value ?? { lines: [], missed: 0 };
  expect([lines.length, missed, lines[0]?.text]).toEqual([2000, 500, 'line 501']);
  await tail.return(undefined);
});

it('gives what belongs to an entry its level', () => {
  const read = createLineReader();
  const lines = read('2026-11-21T17:04:20.000Z ERROR it broke\n    at somewhere');
  expect(lines.map(({ level, text }) => [level, text])).toEqual([
    ['error', 'it broke'],
    ['error', '    at somewhere'],
  ]);
});
