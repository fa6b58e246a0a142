import fs from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Endpoint } from '../../../main/contract/schemas/endpoint.ts';
import { endpointSchema } from '../../../main/contract/schemas/endpoint.ts';
import { SettingsInvalidError } from '../../../main/control/applyConfig.ts';
import { secretHash } from '../../../main/registry/compileSnapshot.ts';
import { VaultError } from '../../../main/store/vault.ts';
import { createFakeKeychain } from '../../unit/store/fakeKeychain.ts';
import { filesHolding, modeOf } from '../../unit/store/tempDir.ts';
import { cleanUp, startSettings } from './settingsBench.ts';

afterEach(() => cleanUp((folder) => expect(filesHolding(folder, ['planted'])).toEqual([])));

function endpoint(id: string, secret: string | null): Endpoint {
  const accounts = secret === null ? [] : [{ id: 'a1', secret }];
  return endpointSchema.parse({ id, baseUrl: `http://${id}.example/v1/`, accounts });
}

test('a first start makes one client key, kept in the vault and not seen yet', async () => {
  const { config, keychain, onDisk, dataDir } = await startSettings();
  const [key] = config.settings.clientKeys;
  expect(key).toMatchObject({ id: 'default', name: 'Default', unseen: true, generated: true });
  expect(key).not.toHaveProperty('memoryOnly');
  const secret = keychain.entries.get('clientKey/default') ?? '';
  expect(secret).toMatch(/^sluice-[A-Za-z0-9_-]{43}$/);
  expect(config.snapshots.current.clientKeyByHash.get(secretHash(secret))?.id).toBe('default');
  expect(onDisk().clientKeys).toEqual([
    expect.objectContaining({ id: 'default', secret: { vault: 'clientKey/default' } }),
  ]);
  expect(filesHolding(dataDir, [secret])).toEqual([]);
  expect(fs.existsSync(path.join(dataDir, 'settings.json.bak'))).toBe(true);
});

test('the next start finds the same key and changes nothing', async () => {
  const first = await startSettings();
  const text = fs.readFileSync(first.settingsPath, 'utf8');
  await first.stop();
  const second = await startSettings({ dataDir: first.dataDir, keychain: first.keychain });
  expect(fs.readFileSync(first.settingsPath, 'utf8')).toBe(text);
  expect(second.config.snapshots.current.clientKeyByHash.size).toBe(1);
  expect(second.problems.list()).toEqual([]);
});

test('an edit moves secrets, writes, swaps and tells', async () => {
  const { config, keychain, onDisk, events, dataDir } = await startSettings();
  const before = config.snapshots.current;
  events.length = 0;
  const settings = await config.edit((draft) => {
    draft.endpoints.push(endpoint('openai', 'sk-planted-one'));
    draft.note = 'kept';
  });
  expect(settings.endpoints[0]?.accounts[0]?.secret).toEqual({ vault: 'account/openai/a1' });
  expect(keychain.entries.get('account/openai/a1')).toBe('sk-planted-one');
  expect(config.snapshots.current.endpoints[0]).toMatchObject({
    baseUrl: 'http://openai.example/v1',
    accounts: [{ key: 'openai/a1', credential: { state: 'ready', secret: 'sk-planted-one' } }],
  });
  expect(before.endpoints).toEqual([]);
  expect(onDisk()).toMatchObject({ note: 'kept', endpoints: [{ id: 'openai' }] });
  expect(fs.readFileSync(path.join(dataDir, 'settings.json.bak'), 'utf8')).toBe(
    fs.readFileSync(path.join(dataDir, 'settings.json'), 'utf8'),
  );
  expect(events.map((event) => event.name)).toEqual(
    expect.arrayContaining(['endpoints', 'clientKeys', 'settings']),
  );
});

test('a changed secret replaces the old one only once it is on disk; a removed account takes its secret along', async () => {
  const { config, keychain } = await startSettings();
  await config.edit((draft) => void draft.endpoints.push(endpoint('openai', 'sk-planted-one')));
  for (const secret of ['sk-planted-two', 'sk-planted-three']) {
    await config.edit((draft) => {
      const account = draft.endpoints[0]?.accounts[0];
      if (account) account.secret = secret;
    });
    const held = [...keychain.entries].filter(([ref]) => ref.startsWith('account/'));
    expect(held.map(([, value]) => value)).toEqual([secret]);
    expect(config.snapshots.current.endpoints[0]?.accounts[0]?.credential).toMatchObject({ secret });
  }
  await config.edit((draft) => {
    draft.endpoints = [];
  });
  expect([...keychain.entries.keys()]).toEqual(['clientKey/default']);
});

test('a secret whose entry is gone works at once where it is typed again', async () => {
  const { config, keychain } = await startSettings();
  await config.edit((draft) => void draft.endpoints.push(endpoint('openai', 'sk-planted-one')));
  keychain.entries.delete('account/openai/a1');
  await config.reload();
  const credential = () => config.snapshots.current.endpoints[0]?.accounts[0]?.credential;
  expect(credential()?.state).toBe('missing');
  await config.edit((draft) => {
    const account = draft.endpoints[0]?.accounts[0];
    if (account) account.secret = 'sk-planted-two';
  });
  expect(credential()).toMatchObject({ state: 'ready', secret: 'sk-planted-two' });
});

test('a wrong edit changes nothing and names the field', async () => {
  const { config, keychain, settingsPath } = await startSettings();
  const text = fs.readFileSync(settingsPath, 'utf8');
  const snapshot = config.snapshots.current;
  const edit = config.edit((draft) => {
    draft.endpoints.push(endpoint('openai', 'sk-planted-one'));
    draft.server.port = 70_000;
  });
  await expect(edit).rejects.toThrow(SettingsInvalidError);
  await expect(edit).rejects.toThrow(/^server\.port: /);
  await expect(config.edit(() => JSON.parse('{'))).rejects.toThrow(SyntaxError);
  const reserved = config.edit((draft) => {
    const [key] = draft.clientKeys;
    if (key) key.id = 'environment';
  });
  await expect(reserved).rejects.toThrow(/clientKeys\[0\]\.id/);
  expect(config.snapshots.current).toBe(snapshot);
  expect(fs.readFileSync(settingsPath, 'utf8')).toBe(text);
  expect([...keychain.entries.keys()]).toEqual(['clientKey/default']);
});

test('an edit that changes nothing writes nothing', async () => {
  const { config, settingsPath } = await startSettings();
  await config.edit((draft) => {
    draft.routing.maxAttempts = 3;
  });
  const before = fs.statSync(settingsPath, { bigint: true });
  await config.edit((draft) => {
    draft.routing.maxAttempts = 3;
  });
  expect(fs.statSync(settingsPath, { bigint: true }).ino).toBe(before.ino);
});

test('whatever fails on the way, nothing dangles: not in the vault, not on disk, not in memory', async () => {
  let diskFails = false;
  const bench = await startSettings({
    wrapFile: (file) => ({
      ...file,
      write: (document) => {
        if (diskFails) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
        file.write(document);
      },
    }),
  });
  const { config, keychain, settingsPath, problems } = bench;
  await config.edit((draft) => void draft.endpoints.push(endpoint('kept', 'sk-planted-kept')));
  const text = fs.readFileSync(settingsPath, 'utf8');
  const entries = new Map(keychain.entries);
  const snapshot = config.snapshots.current;
  const change = () =>
    config.edit((draft) => {
      draft.endpoints.push(endpoint('one', 'sk-planted-1'), endpoint('two', 'sk-planted-2'));
      const account = draft.endpoints[0]?.accounts[0];
      if (account) account.secret = 'sk-planted-changed';
    });
  const set = keychain.set;
  const get = keychain.get;
  let calls = 0;
  for (let failing = 1; failing <= 3; failing++) {
    calls = 0;
    keychain.set = async (ref, secret) => {
      await set(ref, secret);
      if (++calls === failing) throw new VaultError('locked', 'failed after writing');
    };
    await expect(change()).rejects.toThrow(VaultError);
    keychain.set = set;
    await bench.vault.retry();
    calls = 0;
    keychain.get = async (ref) =>
      ref.endsWith(['~', '/one/a1', '/two/a1'][failing - 1] ?? '') ? 'other' : get(ref);
    await expect(change()).rejects.toThrow(/did not keep/);
    keychain.get = get;
  }
  diskFails = true;
  await expect(change()).rejects.toThrow(/EIO/);
  expect(problems.list()).toMatchObject([{ code: 'settings-unwritable' }]);
  await config.reload();
  expect(keychain.entries).toEqual(entries);
  expect(fs.readFileSync(settingsPath, 'utf8')).toBe(text);
  expect(config.settings).toEqual(snapshot.settings);
  diskFails = false;
  await change();
  expect(config.settings.endpoints.map(({ id }) => id)).toEqual(['kept', 'one', 'two']);
  expect(problems.list()).toEqual([]);
});
test('a thousand edits at once lose no field', { timeout: 120_000 }, async () => {
  const { config, onDisk } = await startSettings();
  await Promise.all(
    Array.from({ length: 1_000 }, (_, index) =>
      config.edit((draft) => {
        draft[`field${index}`] = index;
        draft.server.maxBodyMB = (draft.server.maxBodyMB % 1024) + 1;
      }),
    ),
  );
  const written = onDisk();
  for (let index = 0; index < 1_000; index++) expect(written[`field${index}`]).toBe(index);
  expect(written.server?.maxBodyMB).toBe(((64 - 1 + 1_000) % 1024) + 1);
});

test('the key from the environment works and is written nowhere', async () => {
  const { config, onDisk, dataDir, keychain } = await startSettings({
    platform: { clientKey: 'planted-environment-key' },
  });
  const hash = secretHash('planted-environment-key');
  expect(config.snapshots.current.clientKeyByHash.get(hash)?.id).toBe('environment');
  await config.edit((draft) => {
    draft.routing.maxAttempts = 2;
  });
  expect(onDisk().clientKeys?.map((key) => key.id)).toEqual(['default']);
  expect([...keychain.entries.values()]).not.toContain('planted-environment-key');
  expect(filesHolding(dataDir, ['planted-environment-key'])).toEqual([]);
});

test('secrets come from the environment too, and a missing one is said so', async () => {
  const { config, problems } = await startSettings({
    settings: {
      clientKeys: [{ id: 'a', secret: { env: 'KEY_A' } }],
      endpoints: [{ id: 'o', baseUrl: 'http://x', accounts: [{ id: 'a1', secret: { env: 'MISSING' } }] }],
    },
    platform: { env: { KEY_A: 'planted-env-secret', EMPTY: '' } },
  });
  expect(config.snapshots.current.clientKeyByHash.has(secretHash('planted-env-secret'))).toBe(true);
  expect(config.snapshots.current.endpoints[0]?.accounts[0]?.credential).toEqual({
    state: 'missing',
    source: 'env',
    reason: 'the environment variable MISSING is not set',
  });
  expect(problems.list()).toMatchObject([{ code: 'secret-missing', details: { names: 'o/a1' } }]);
});

test('no log line shows a secret, typed or read', async () => {
  const { config, logs, redactor } = await startSettings({ keychain: createFakeKeychain('unavailable') });
  await config
    .edit((draft) => {
      draft.endpoints.push(
        endpointSchema.parse({
          id: 'o',
          baseUrl: 'http://x',
          accounts: [{ id: 'a', secret: 'planted-plain-words' }],
          headers: { authorization: 'Custom planted-header-value' },
          proxy: 'http://me:planted-proxy-pass@localhost:1',
        }),
      );
    })
    .catch(() => {});
  expect(JSON.stringify(logs)).not.toContain('planted-plain');
  // Headers and a proxy's password are the user's own text in settings.json; the log must not show them all the same.
  const shown = redactor.redact('planted-plain-words, planted-header-value and planted-proxy-pass');
  expect(shown).not.toContain('planted');
  await config.edit((draft) => {
    draft.endpoints = [];
  });
});

test.runIf(process.platform !== 'win32')(
  'modes are right whatever the umask (POSIX file systems only)',
  async () => {
    const before = process.umask(0);
    try {
      const { dataDir, config } = await startSettings({
        vault: { choice: 'file', passphrase: 'planted-pass' },
      });
      await config.edit((draft) => void draft.endpoints.push(endpoint('o', 'sk-planted-mode')));
      for (const name of fs.readdirSync(dataDir))
        expect([name, modeOf(path.join(dataDir, name))]).toEqual([name, '600']);
      expect(fs.readdirSync(dataDir).sort()).toEqual(['settings.json', 'settings.json.bak', 'vault.json']);
    } finally {
      process.umask(before);
    }
  },
);
