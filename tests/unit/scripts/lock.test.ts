import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ended, scriptUrl, startCode } from './runScript.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sluice-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

// The lock stands in the folder for temporary files, which is this test's own.
const environment = () => ({ TMPDIR: folder, TEMP: folder, TMP: folder });

function contender(name: string, log: string) {
  return startCode(
    `
    import { appendFileSync } from 'node:fs';
    import { setTimeout as sleep } from 'node:timers/promises';
    import { alone } from ${JSON.stringify(scriptUrl('lock.mjs'))};
    await alone(async () => {
      appendFileSync(${JSON.stringify(log)}, '${name} in\\n');
      await sleep(300);
      appendFileSync(${JSON.stringify(log)}, '${name} out\\n');
    });
    `,
    environment(),
  );
}

test('one at a time, and nobody is left out', async () => {
  const log = path.join(folder, 'log.txt');
  await Promise.all(['a', 'b', 'c'].map((name) => ended(contender(name, log))));
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  expect(lines).toHaveLength(6);
  for (let index = 0; index < 6; index += 2) {
    expect(lines[index + 1]).toBe(lines[index]?.replace('in', 'out'));
  }
});

test('a lock whose holder is dead is taken over', async () => {
  const dead = startCode('', environment());
  await ended(dead);
  const name = await lockName();
  writeFileSync(path.join(folder, name), String(dead.pid));
  const log = path.join(folder, 'log.txt');
  expect((await ended(contender('late', log))).code).toBe(0);
  expect(readFileSync(log, 'utf8')).toBe('late in\nlate out\n');
});

/** The name is the script's own business; this asks it. */
async function lockName(): Promise<string> {
  const { output } = await ended(
    startCode(
      `
      import { readdirSync } from 'node:fs';
      import { alone } from ${JSON.stringify(scriptUrl('lock.mjs'))};
      await alone(async () => console.log(readdirSync(${JSON.stringify(folder)}).find((name) => name.startsWith('sluice-setup-'))));
      `,
      environment(),
    ),
  );
  return output.trim();
}
