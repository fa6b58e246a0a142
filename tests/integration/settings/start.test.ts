import fs from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { secretHash } from '../../../main/registry/compileSnapshot.ts';
import { createFakeKeychain } from '../../unit/store/fakeKeychain.ts';
import { filesHolding } from '../../unit/store/tempDir.ts';
import { cleanUp, newDataDir, type SettingsBench, startSettings, until } from './settingsBench.ts';

afterEach(() => cleanUp((folder) => expect(filesHolding(folder, ['planted'])).toEqual([])));

const keyed = { clientKeys: [{ id: 'mine', secret: { env: 'MINE' } }] };
const withAccount = (secret: unknown) => ({
  ...keyed,
  endpoints: [{ id: 'o', baseUrl: 'http://x', accounts: [{ id: 'a', secret }] }],
});
const addExtra = (draft: Record<string, unknown>) => {
  draft.extra = 1;
};
const credential = ({ config }: SettingsBench) =>
  config.snapshots.current.endpoints[0]?.accounts[0]?.credential;
const defaultKey = ({ config }: SettingsBench) => {
  const key = config.snapshots.current.clientKeys.find(({ id }) => id === 'default');
  return key?.credential.state === 'ready' ? key.credential.secret : null;
};

test('plain secrets in the file are moved at the start', async () => {
  const bench = await startSettings({ settings: withAccount('sk-planted-start') });
  expect(bench.onDisk()).toEqual(withAccount({ vault: 'account/o/a' }));
  expect(credential(bench)).toMatchObject({ state: 'ready', secret: 'sk-planted-start' });
  expect(fs.readFileSync(`${bench.settingsPath}.bak`, 'utf8')).not.toContain('planted');
});

test('a file with nothing to move is left byte for byte', async () => {
  const text = JSON.stringify(withAccount({ env: 'X' }), null, 4);
  const bench = await startSettings({ settings: text });
  expect(fs.readFileSync(bench.settingsPath, 'utf8')).toBe(text);
  expect(fs.readFileSync(`${bench.settingsPath}.bak`, 'utf8')).toBe(text);
});

test('a spoiled file is replaced by the last good copy, loudly', async () => {
  const first = await startSettings({ settings: withAccount({ env: 'X' }) });
  await first.stop();
  const bench = await startSettings({ dataDir: first.dataDir, settings: '{"version":1,"endpoints":[' });
  expect(bench.config.settings.endpoints).toHaveLength(1);
  expect(bench.onDisk()).toEqual(withAccount({ env: 'X' }));
  expect(bench.problems.list().map(({ id, code }) => [id, code])).toEqual(
    expect.arrayContaining([['settings', 'settings-invalid']]),
  );
  expect(bench.warnings()[0]).toMatch(/settings\.json was not used.*last good copy.*corrupt-/);
  expect(fs.readdirSync(bench.dataDir).some((name) => name.includes('.corrupt-'))).toBe(true);
});

test('nothing good to start with: headless says which field, the desktop starts with defaults', async () => {
  const settings = { server: { port: -1 } };
  const dataDir = newDataDir();
  await expect(startSettings({ dataDir, settings })).rejects.toThrow(/settings\.json: server\.port: /);
  expect(JSON.parse(fs.readFileSync(path.join(dataDir, 'settings.json'), 'utf8'))).toEqual(settings);
  const bench = await startSettings({ dataDir, platform: { shell: 'desktop' } });
  expect(bench.config.settings.server.port).toBe(8282);
  expect(bench.problems.list()[0]?.message).toContain('defaults are used');
});

test('in memory a generated key lives as long as the process, and the next start makes a new one', async () => {
  const first = await startSettings({ keychain: createFakeKeychain('unavailable') });
  const before = defaultKey(first);
  expect(before).toMatch(/^sluice-/);
  expect(first.problems.list()).toMatchObject([{ code: 'vault-memory' }]);
  expect(first.onDisk().clientKeys).toMatchObject([{ id: 'default', unseen: true, memoryOnly: true }]);
  await first.config.edit((draft) => {
    delete draft.clientKeys[0]?.unseen;
    draft.clientKeys.push({
      ...structuredClone(draft.clientKeys[0]!),
      id: 'typed',
      secret: 'sk-planted-typed',
      generated: undefined,
    });
  });
  await first.stop();

  const second = await startSettings({ dataDir: first.dataDir, keychain: createFakeKeychain('unavailable') });
  const after = defaultKey(second);
  expect(after).toMatch(/^sluice-/);
  expect(after).not.toBe(before);
  expect(second.config.settings.clientKeys[0]).toMatchObject({ id: 'default', unseen: true });
  expect(second.warnings()).toEqual(
    expect.arrayContaining([expect.stringContaining('client key "default" was kept in memory only')]),
  );
  // A key that a person chose is not replaced behind their back.
  expect(second.config.snapshots.current.clientKeys[1]?.credential).toMatchObject({
    state: 'missing',
    reason: expect.stringContaining('in memory only'),
  });
  expect(second.problems.list().map(({ code }) => code)).toEqual(['vault-memory', 'secret-missing']);
  expect(filesHolding(first.dataDir, [before ?? '', after ?? ''])).toEqual([]);
  await second.stop();

  // With a keychain the new key stays, and is no longer marked.
  const keychain = createFakeKeychain('ready');
  const third = await startSettings({ dataDir: first.dataDir, keychain });
  expect(keychain.entries.get('clientKey/default')).toBe(defaultKey(third));
  expect(third.config.settings.clientKeys[0]).not.toHaveProperty('memoryOnly');
  await third.stop();
  const fourth = await startSettings({ dataDir: first.dataDir, keychain });
  expect(defaultKey(fourth)).toBe(defaultKey(third));
});

test('a key in a keychain is never replaced because the keychain is away', async () => {
  const keychain = createFakeKeychain('ready');
  const first = await startSettings({ keychain });
  const secret = defaultKey(first);
  await first.stop();
  keychain.state = 'locked';
  const locked = await startSettings({ dataDir: first.dataDir, keychain });
  expect(locked.config.snapshots.current.clientKeys[0]?.credential).toMatchObject({ state: 'locked' });
  expect(locked.problems.list()).toMatchObject([{ code: 'vault-locked' }]);
  keychain.state = 'ready';
  await locked.vault.retry();
  await until(() => defaultKey(locked) === secret);
  expect(locked.problems.list()).toEqual([]);
  await locked.stop();
  keychain.state = 'unavailable';
  const desktop = await startSettings({ dataDir: first.dataDir, keychain, platform: { shell: 'desktop' } });
  expect(desktop.config.snapshots.current.clientKeys[0]?.credential).toMatchObject({ state: 'missing' });
  expect(keychain.entries.get('clientKey/default')).toBe(secret);
});

test('plain secrets at a start with a locked keychain work, stay in the file, and move when it opens', async () => {
  const keychain = createFakeKeychain('locked');
  const typed = withAccount('sk-planted-waiting');
  const bench = await startSettings({ settings: typed, keychain });
  expect(credential(bench)).toMatchObject({ state: 'ready', secret: 'sk-planted-waiting' });
  expect(bench.onDisk()).toEqual(typed);
  expect(fs.existsSync(`${bench.settingsPath}.bak`)).toBe(false);
  expect(bench.problems.list()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        code: 'settings-invalid',
        details: expect.objectContaining({ field: 'endpoints[0].accounts[0].secret' }),
      }),
    ]),
  );
  await expect(bench.config.edit(addExtra)).rejects.toThrow(/wait for the vault/);
  keychain.state = 'ready';
  await bench.vault.retry();
  await until(() => bench.problems.list().length === 0);
  expect(bench.onDisk()).toEqual(withAccount({ vault: 'account/o/a' }));
  expect(keychain.entries.get('account/o/a')).toBe('sk-planted-waiting');
  await bench.config.edit(addExtra);
});

test('accounts of a keychain that closes in use go on serving', async () => {
  const keychain = createFakeKeychain('ready');
  const bench = await startSettings({ settings: withAccount('sk-planted-serving'), keychain });
  keychain.state = 'locked';
  await bench.config.reload();
  expect(bench.vault.status().state).toBe('locked');
  expect(credential(bench)).toMatchObject({ state: 'ready', secret: 'sk-planted-serving' });
  keychain.state = 'ready';
  keychain.entries.delete('account/o/a');
  await bench.vault.retry();
  await until(() => credential(bench)?.state === 'missing');
  expect(bench.problems.list()).toMatchObject([{ code: 'secret-missing', details: { names: 'o/a' } }]);
});

test('an imported file is laid over the settings, by id, and never written', async () => {
  const dataDir = newDataDir();
  const importFile = path.join(newDataDir(), 'import.json');
  const imported = {
    server: { port: 9000 },
    clientKeys: [{ id: 'ci', secret: 'sk-imported-key' }],
    endpoints: [
      {
        id: 'o',
        weight: 3,
        baseUrl: 'http://y',
        accounts: [
          { id: 'a', secret: 'sk-imported-a' },
          { id: 'b', secret: { env: 'B' } },
        ],
      },
      { id: 'p', baseUrl: 'http://p' },
    ],
  };
  const text = JSON.stringify(imported);
  fs.writeFileSync(importFile, text, { mode: 0o400 });
  const keychain = createFakeKeychain('ready');
  const bench = await startSettings({
    dataDir,
    settings: { ...withAccount('sk-planted-own'), server: { host: '127.0.0.2', port: 1 }, note: 'own' },
    keychain,
    platform: { importFile },
  });
  expect(bench.onDisk()).toEqual({
    note: 'own',
    server: { host: '127.0.0.2', port: 9000 },
    clientKeys: [...keyed.clientKeys, { id: 'ci', secret: { vault: 'clientKey/ci' } }],
    endpoints: [
      {
        id: 'o',
        weight: 3,
        baseUrl: 'http://y',
        accounts: [
          { id: 'a', secret: { vault: 'account/o/a' } },
          { id: 'b', secret: { env: 'B' } },
        ],
      },
      { id: 'p', baseUrl: 'http://p' },
    ],
  });
  expect(keychain.entries.get('account/o/a')).toBe('sk-imported-a');
  expect(bench.config.snapshots.current.clientKeyByHash.has(secretHash('sk-imported-key'))).toBe(true);
  expect(fs.readFileSync(importFile, 'utf8')).toBe(text);
  const onDisk = fs.readFileSync(bench.settingsPath, 'utf8');
  await bench.stop();

  // The same import once more is no change; in memory it fills the vault again.
  const again = await startSettings({ dataDir, keychain, platform: { importFile } });
  expect(fs.readFileSync(again.settingsPath, 'utf8')).toBe(onDisk);
  await again.stop();
  const memory = await startSettings({
    dataDir,
    keychain: createFakeKeychain('unavailable'),
    platform: { importFile },
  });
  expect(credential(memory)).toMatchObject({ secret: 'sk-imported-a' });
  expect(fs.readFileSync(memory.settingsPath, 'utf8')).toBe(onDisk);
  expect(filesHolding(dataDir, ['sk-imported'])).toEqual([]);
});

test.each([
  ['{"endpoints":[{"id":"o","baseUrl":"x"}]}', /import\.json: endpoints\[0\]\.baseUrl: must be a whole URL/],
  ['{"endpoints":', /import\.json: the file: is not valid JSON/],
  ['{"version":3}', /import\.json: version: is 3, written by a newer/],
  [null, /import\.json: can't be read: ENOENT/],
])('a wrong import ends the start and names file and field: %s', async (content, message) => {
  const dataDir = newDataDir();
  const importFile = path.join(newDataDir(), 'import.json');
  if (content) fs.writeFileSync(importFile, content);
  await expect(startSettings({ dataDir, settings: keyed, platform: { importFile } })).rejects.toThrow(
    message,
  );
  expect(fs.readdirSync(dataDir)).toEqual(['settings.json']);
});

test('a folder that can not be written does not keep the gateway from starting', async () => {
  const bench = await startSettings({
    settings: withAccount({ env: 'X' }),
    platform: { importFile: null },
    wrapFile: (file) => ({
      ...file,
      write: () => {
        throw Object.assign(new Error('EROFS'), { code: 'EROFS' });
      },
    }),
  });
  expect(bench.problems.list().some(({ code }) => code === 'settings-unwritable')).toBe(false);
  await bench.stop();
  const fresh = await startSettings({
    wrapFile: (file) => ({
      ...file,
      write: () => {
        throw Object.assign(new Error('EROFS'), { code: 'EROFS' });
      },
    }),
  });
  expect(defaultKey(fresh)).toMatch(/^sluice-/);
  expect(fresh.problems.list()).toMatchObject([
    { code: 'settings-unwritable', details: { reason: 'EROFS' } },
  ]);
  await fresh.config.reload();
  expect(defaultKey(fresh)).toMatch(/^sluice-/);
});
