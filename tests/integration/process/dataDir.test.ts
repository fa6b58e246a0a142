import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataDir } from '../../../main/store/dataDirLock.ts';
import { createTestCore } from '../../fakes/testCore.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'sluice-lock-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const shells = ['desktop', 'headless'] as const;

test.each(shells.flatMap((first) => shells.map((second) => [first, second] as const)))(
  'the folder that %s has, %s is refused, and told who has it',
  async (first, second) => {
    const core = await createTestCore({ dataDir, platform: { shell: first } });
    const words = first === 'desktop' ? 'the desktop app' : 'without a desktop';
    const late = createTestCore({ dataDir, platform: { shell: second } });
    await expect(late).rejects.toThrow(`Another Sluice (${words}, process ${process.pid})`);
    await expect(late).rejects.toThrow(dataDir);
    // The one that was there first does not notice.
    expect((await core.get('/health')).status).toBe(200);
    await core.close();
    await (await createTestCore({ dataDir, platform: { shell: second } })).close();
  },
);

test('a folder in which runtime.json can not be written keeps nobody from serving', async () => {
  mkdirSync(path.join(dataDir, 'runtime.json', 'in the way'), { recursive: true });
  const core = await createTestCore({ dataDir });
  expect(core.core.lifecycle.status().state).toBe('on');
  expect((await core.get('/health')).status).toBe(200);
  await core.close();
});

test('of many that come at once one gets it', async () => {
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockDataDir(dataDir, 'headless')));
  const held = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  expect(held).toHaveLength(1);
  await held[0]?.release();
});

test('a holder that was killed leaves the folder free; one that hangs keeps it', async () => {
  const lock = path.join(import.meta.dirname, '..', '..', '..', 'main', 'store', 'dataDirLock.ts');
  const program = `const { lockDataDir } = await import(${JSON.stringify(lock)});
await lockDataDir(${JSON.stringify(dataDir)}, 'headless'); console.log('held'); setInterval(() => {}, 1e9);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(child.stdout, 'data');
    await expect(lockDataDir(dataDir, 'desktop')).rejects.toThrow(`process ${child.pid}`);
    if (process.platform !== 'win32') {
      child.kill('SIGSTOP');
      await expect(lockDataDir(dataDir, 'desktop')).rejects.toThrow('already running');
    }
  } finally {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  await (await lockDataDir(dataDir, 'desktop')).release();
});
