import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { hasFileVault, openFileVault } from '../../../main/store/fileVault.ts';
import { VaultError } from '../../../main/store/vault.ts';
import { filesHolding, modeOf, tempDir } from './tempDir.ts';

const cost = { N: 1024, r: 8, p: 1 };
const open = (dataDir: string, passphrase = 'correct horse') =>
  openFileVault({ dataDir, passphrase, now: Date.now, cost });

async function failure(work: Promise<unknown>): Promise<VaultError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof VaultError)) throw new Error(`no VaultError: ${String(error)}`);
  return error;
}

test('keeps, changes and forgets secrets over restarts, and shows none of them', async () => {
  const folder = tempDir();
  expect(hasFileVault(folder)).toBe(false);
  const vault = await open(folder);
  expect(hasFileVault(folder)).toBe(true);
  await vault.set('account/openai/a1', 'sk-planted-1');
  await vault.set('account/openai/a1', 'sk-planted-2');
  await vault.set('__proto__', 'sk-planted-3');
  await vault.set('clientKey/default', 'ключ-🔑');
  await vault.delete('clientKey/default');
  await vault.delete('never there');
  const again = await open(folder);
  expect(await again.get('account/openai/a1')).toBe('sk-planted-2');
  expect(await again.get('__proto__')).toBe('sk-planted-3');
  expect(await again.get('clientKey/default')).toBeNull();
  expect(filesHolding(folder, ['sk-planted', 'account/openai', 'correct horse'])).toEqual([]);
  expect(fs.readdirSync(folder)).toEqual(['vault.json']);
});

test.runIf(process.platform !== 'win32')(
  'is private whatever the umask, and made private again (POSIX file systems only)',
  async () => {
    const folder = tempDir();
    const before = process.umask(0);
    try {
      await (await open(folder)).set('a', 'b');
      expect(modeOf(path.join(folder, 'vault.json'))).toBe('600');
      fs.chmodSync(path.join(folder, 'vault.json'), 0o644);
      await open(folder);
      expect(modeOf(path.join(folder, 'vault.json'))).toBe('600');
    } finally {
      process.umask(before);
    }
  },
);

test('a wrong passphrase says so and leaves the file alone', async () => {
  const folder = tempDir();
  await (await open(folder)).set('a', 'b');
  const bytes = fs.readFileSync(path.join(folder, 'vault.json'));
  expect((await failure(open(folder, 'wrong'))).reason).toBe('wrong-passphrase');
  expect(fs.readFileSync(path.join(folder, 'vault.json')).equals(bytes)).toBe(true);
});

test('the same passphrase typed on another system opens it', async () => {
  const folder = tempDir();
  await (await open(folder, 'Zu\u0308rich')).set('a', 'b');
  expect(await (await open(folder, 'Z\u00fcrich')).get('a')).toBe('b');
});

test('each change to the file is noticed, none opens or is written over', async () => {
  const folder = tempDir();
  const file = path.join(folder, 'vault.json');
  const vault = await open(folder);
  await vault.set('a', 'b');
  const good = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>;
  const flip = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
  const kdf = good.kdf as Record<string, unknown>;
  const changes: Record<string, unknown>[] = [
    { ...good, data: flip(String(good.data)) },
    { ...good, tag: flip(String(good.tag)) },
    { ...good, tag: '' },
    { ...good, iv: flip(String(good.iv)) },
    { ...good, data: '' },
    { ...good, kdf: { ...kdf, N: 3 } },
    { ...good, kdf: { ...kdf, N: 2 ** 40 } },
    { ...good, version: 2 },
    { ...good, check: 'AAAA' },
    {},
  ];
  for (const changed of changes) {
    const text = JSON.stringify(changed);
    fs.writeFileSync(file, text);
    const error = await failure(open(folder));
    expect(error.reason).toBe('unavailable');
    expect(error.message).toMatch(/damaged or was changed|newer Sluice/);
    expect(fs.readFileSync(file, 'utf8')).toBe(text);
  }
  fs.writeFileSync(file, '{"version":1,');
  expect((await failure(open(folder))).message).toMatch(/damaged/);
  // Salt and check are tried as they stand: to a wrong salt every passphrase is wrong.
  fs.writeFileSync(file, JSON.stringify({ ...good, kdf: { ...kdf, salt: flip(String(kdf.salt)) } }));
  expect((await failure(open(folder))).reason).toBe('wrong-passphrase');
});

test('the cost of a real vault is that of scrypt with N = 2^17', async () => {
  const folder = tempDir();
  await openFileVault({ dataDir: folder, passphrase: 'x', now: Date.now });
  const { kdf } = JSON.parse(fs.readFileSync(path.join(folder, 'vault.json'), 'utf8'));
  expect(kdf).toMatchObject({ name: 'scrypt', N: 131_072, r: 8, p: 1 });
});
