import { expect, test } from 'vitest';
import { openFileVault } from '../../../main/store/fileVault.ts';
import { VaultError } from '../../../main/store/vault.ts';
import { createVaultHolder, type VaultHolderDeps } from '../../../main/store/vaultHolder.ts';
import { createFakeKeychain, type FakeKeychain } from './fakeKeychain.ts';
import { filesHolding, tempDir } from './tempDir.ts';
import { testLog } from './testLog.ts';

const fileCost = { N: 1024, r: 8, p: 1 };
const passphrase = 'correct horse battery';

async function setUp(keychain: FakeKeychain, options: Partial<VaultHolderDeps> = {}) {
  const { log, entries } = testLog();
  const dataDir = options.dataDir ?? tempDir();
  const holder = await createVaultHolder({
    shell: 'headless',
    choice: 'auto',
    passphrase: null,
    dataDir,
    keychain,
    log,
    now: Date.now,
    fileCost,
    ...options,
  });
  const warnings = () => entries.filter((entry) => entry.level === 'warn').map((entry) => entry.message);
  return { holder, dataDir, warnings };
}

const fileIn = (dataDir: string) => openFileVault({ dataDir, passphrase, now: Date.now, cost: fileCost });

async function reasonOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no error',
    (error: unknown) => (error instanceof VaultError ? error.reason : String(error)),
  );
}

test.each(['desktop', 'headless'] as const)('%s: an open keychain is used', async (shell) => {
  const keychain = createFakeKeychain('ready');
  const { holder, warnings } = await setUp(keychain, { shell, passphrase });
  expect(holder.status()).toEqual({ kind: 'keychain', state: 'ready', reason: null });
  await holder.set('a', 'one');
  expect(keychain.entries.get('a')).toBe('one');
  expect(await holder.get('a')).toBe('one');
  await holder.delete('a');
  expect(await holder.get('a')).toBeNull();
  expect(warnings()).toEqual([]);
});

test('headless without a keychain: the file where there is a passphrase, else memory with one warning', async () => {
  const file = await setUp(createFakeKeychain('unavailable'), { passphrase });
  expect(file.holder.status().kind).toBe('file');
  await file.holder.set('a', 'planted-secret');
  expect(await (await fileIn(file.dataDir)).get('a')).toBe('planted-secret');
  expect(file.warnings()).toEqual([]);

  const memory = await setUp(createFakeKeychain('unavailable'));
  expect(memory.holder.status()).toMatchObject({ kind: 'memory', state: 'ready' });
  await memory.holder.set('a', 'planted-secret');
  expect(await memory.holder.get('a')).toBe('planted-secret');
  expect(memory.warnings()).toEqual([expect.stringMatching(/memory only.*SLUICE_VAULT_PASSPHRASE/)]);
  expect(filesHolding(memory.dataDir, ['planted-secret'])).toEqual([]);
});

test('a wrong passphrase and a choice that can not be had end the start, in words', async () => {
  const dataDir = tempDir();
  await fileIn(dataDir);
  const wrong = setUp(createFakeKeychain('unavailable'), { dataDir, passphrase: 'wrong' });
  expect(await reasonOf(wrong)).toBe('wrong-passphrase');
  await expect(setUp(createFakeKeychain('ready'), { choice: 'file' })).rejects.toThrow(
    /SLUICE_VAULT_PASSPHRASE/,
  );
  await expect(setUp(createFakeKeychain('unavailable'), { choice: 'keychain' })).rejects.toThrow(
    /unavailable/,
  );
});

test('desktop without a keychain works in memory, until the encrypted file is opened', async () => {
  const { holder, dataDir, warnings } = await setUp(createFakeKeychain('unavailable'), { shell: 'desktop' });
  expect(holder.status()).toMatchObject({ kind: 'keychain', state: 'unavailable' });
  expect(await reasonOf(holder.get('never'))).toBe('unavailable');
  await holder.set('a', 'planted-one');
  await holder.set('b', 'planted-two');
  await holder.delete('b');
  expect(await holder.get('a')).toBe('planted-one');
  let changes = 0;
  holder.onChange(() => changes++);
  await holder.openFile(passphrase);
  expect(changes).toBe(1);
  expect(holder.status()).toEqual({ kind: 'file', state: 'ready', reason: null });
  const file = await fileIn(dataDir);
  expect([await file.get('a'), await file.get('b')]).toEqual(['planted-one', null]);
  expect(warnings()).toHaveLength(1);
  expect(await reasonOf(holder.openFile('not this one'))).toBe('wrong-passphrase');
  expect(holder.status().state).toBe('ready');
});

test('the choice of the file is remembered, whatever the keychain is then', async () => {
  for (const state of ['unavailable', 'ready'] as const) {
    const dataDir = tempDir();
    await (await fileIn(dataDir)).set('a', 'one');
    const { holder } = await setUp(createFakeKeychain(state), { shell: 'desktop', dataDir });
    expect(holder.status()).toMatchObject({ kind: 'file', state: 'locked' });
    expect(await reasonOf(holder.get('a'))).toBe('locked');
    await holder.set('b', 'two');
    expect(await reasonOf(holder.openFile('wrong one'))).toBe('wrong-passphrase');
    expect(holder.status().state).toBe('locked');
    await holder.openFile(passphrase);
    expect([await holder.get('a'), await holder.get('b')]).toEqual(['one', 'two']);
  }
});

test('a locked keychain: what is new waits in memory and moves when it opens', async () => {
  const keychain = createFakeKeychain('locked');
  keychain.entries.set('old', 'kept');
  keychain.entries.set('gone', 'removed');
  const { holder, warnings } = await setUp(keychain);
  expect(holder.status()).toMatchObject({
    kind: 'keychain',
    state: 'locked',
    reason: 'the keyring is locked',
  });
  expect(await reasonOf(holder.get('old'))).toBe('locked');
  await holder.set('new', 'typed');
  await holder.delete('gone');
  await holder.retry();
  expect(holder.status().state).toBe('locked');
  keychain.onUnlock = async () => {
    keychain.state = 'ready';
  };
  await holder.retry();
  expect(holder.status()).toEqual({ kind: 'keychain', state: 'ready', reason: null });
  expect(keychain.entries).toEqual(
    new Map([
      ['old', 'kept'],
      ['new', 'typed'],
    ]),
  );
  expect(await holder.get('old')).toBe('kept');
  expect(warnings()).toHaveLength(1);
});

test('asking to unlock answers in time and takes effect when the user is ready', async () => {
  const keychain = createFakeKeychain('locked');
  const { holder } = await setUp(keychain, { shell: 'desktop' });
  let typed = () => {};
  keychain.onUnlock = () => new Promise((resolve) => (typed = resolve));
  const start = performance.now();
  await holder.retry();
  expect(performance.now() - start).toBeLessThan(5_000);
  expect(holder.status().state).toBe('locked');
  keychain.state = 'ready';
  const changed = new Promise<void>((resolve) => holder.onChange(resolve));
  typed();
  await changed;
  expect(holder.status().state).toBe('ready');
});

test('a keychain that dies in use is said so, loudly, and comes back', async () => {
  const keychain = createFakeKeychain('ready');
  const { holder } = await setUp(keychain, { shell: 'desktop' });
  await holder.set('a', 'one');
  keychain.state = 'unavailable';
  expect(await reasonOf(holder.set('b', 'two'))).toBe('unavailable');
  expect(holder.status().state).toBe('unavailable');
  keychain.state = 'ready';
  keychain.recover();
  await holder.retry();
  expect(await holder.get('a')).toBe('one');
});

test('from memory to a keychain that came later, and from a keychain to the file', async () => {
  const keychain = createFakeKeychain('unavailable');
  const { holder, dataDir } = await setUp(keychain);
  await holder.set('a', 'one');
  keychain.state = 'ready';
  await holder.retry();
  expect(holder.status().kind).toBe('keychain');
  expect(keychain.entries.get('a')).toBe('one');
  await holder.openFile(passphrase);
  expect(await (await fileIn(dataDir)).get('a')).toBe('one');
  holder.close();
  expect(keychain.closed).toBe(true);
});
