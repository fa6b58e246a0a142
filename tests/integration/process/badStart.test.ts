import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { spawnHeadless } from '../../fakes/headless.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sluice-bad-start-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

it('a data folder that can not be made: exit code 2, and which flag to change', async () => {
  const file = path.join(folder, 'a-file');
  fs.writeFileSync(file, 'x');
  const { process: child, output } = spawnHeadless({ dataDir: path.join(file, 'inside') });
  await once(child, 'close');
  expect(child.exitCode).toBe(2);
  expect(output()).toContain(file);
  expect(output()).toContain('--data-dir');
  expect(output().trim().split('\n')).toHaveLength(1);
});

it('a file vault without a passphrase: exit code 2, and what to set', async () => {
  const { process: child, output } = spawnHeadless({ dataDir: folder, flags: ['--vault', 'file'] });
  await once(child, 'close');
  expect(child.exitCode).toBe(2);
  expect(output()).toContain('SLUICE_VAULT_PASSPHRASE');
  expect(output().trim().split('\n')).toHaveLength(1);
});
