import fs from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { secretHash } from '../../../main/registry/compileSnapshot.ts';
import { createFakeKeychain } from '../../unit/store/fakeKeychain.ts';
import { filesHolding } from '../../unit/store/tempDir.ts';
import { asText, cleanUp, type SettingsBench, startSettings, until } from './settingsBench.ts';

afterEach(() => cleanUp((folder) => expect(filesHolding(folder, ['planted'])).toEqual([])));

const base = {
  clientKeys: [{ id: 'mine', secret: { env: 'MINE' } }],
  endpoints: [{ id: 'o', baseUrl: 'http://x' }],
};
const start = (options: Parameters<typeof startSettings>[0] = {}) =>
  startSettings({ settings: base, ...options });

const attempts = ({ config }: SettingsBench) => config.settings.routing.maxAttempts;
const withAttempts = (maxAttempts: number) => ({ ...base, routing: { maxAttempts } });

const addExtra = (draft: Record<string, unknown>) => {
  draft.extra = 1;
};

/** The ways in which editors and tools save a file. */
const waysToSave: Record<string, (file: string, text: string) => void> = {
  'in place': (file, text) => fs.writeFileSync(file, text),
  'by rename over it': (file, text) => {
    fs.writeFileSync(`${file}.swp`, text);
    fs.renameSync(`${file}.swp`, file);
  },
  'by moving the old one away': (file, text) => {
    fs.renameSync(file, `${file}~`);
    fs.writeFileSync(file, text);
    fs.rmSync(`${file}~`);
  },
  'slowly, in two writes': (file, text) => {
    fs.writeFileSync(file, text.slice(0, 20));
    setTimeout(() => fs.appendFileSync(file, text.slice(20)), 100);
  },
};

test.each(Object.keys(waysToSave))(
  'an edit saved %s applies within a second, and so does the next',
  async (way) => {
    const bench = await start();
    for (const count of [7, 8, 9]) {
      const text = asText(withAttempts(count));
      waysToSave[way]?.(bench.settingsPath, text);
      expect(await until(() => attempts(bench) === count)).toBeLessThan(1_000);
      // Nothing had to be changed in it, so it stands as it was typed.
      expect(fs.readFileSync(bench.settingsPath, 'utf8')).toBe(text);
    }
    expect(bench.problems.list()).toEqual([]);
    expect(bench.warnings()).toEqual([]);
  },
);

test('our own writes do not come back as edits', async () => {
  const bench = await start();
  await bench.config.edit((draft) => {
    draft.routing.maxAttempts = 5;
  });
  const count = bench.events.length;
  await new Promise((resolve) => setTimeout(resolve, 900));
  expect(bench.events.length).toBe(count);
  expect(bench.logs.filter((entry) => entry.message.includes('changed and applies'))).toEqual([]);
});

test.each([
  ['wrong', { ...withAttempts(9), server: { port: 'x' } }, 'server.port'],
  ['no JSON', '{"server": {"port": 1,}}', 'settings.json'],
  ['empty', '', 'settings.json'],
  ['newer', { version: 2 }, 'version'],
  ['hostile', '{"__proto__": {"isAdmin": true}}', '__proto__'],
])('an edit that is %s is refused whole, named, and forgotten once mended', async (_name, content, field) => {
  const bench = await start();
  const snapshot = bench.config.snapshots.current;
  const backup = fs.readFileSync(`${bench.settingsPath}.bak`, 'utf8');
  bench.editByHand(content);
  await until(() => bench.problems.list().length > 0, 1_500);
  expect(bench.problems.list()).toMatchObject([
    { id: 'settings', code: 'settings-invalid', details: { field } },
  ]);
  expect(bench.warnings()).toEqual([expect.stringContaining(`${field}: `)]);
  expect(bench.config.settings).toEqual(snapshot.settings);
  expect(fs.readFileSync(bench.settingsPath, 'utf8')).toBe(asText(content));
  expect(fs.readFileSync(`${bench.settingsPath}.bak`, 'utf8')).toBe(backup);
  await bench.config.reload();
  expect(bench.warnings()).toHaveLength(1);
  bench.editByHand(withAttempts(3));
  await until(() => attempts(bench) === 3, 1_500);
  expect(bench.problems.list()).toEqual([]);
});

test('taking a wrong edit back clears the problem', async () => {
  const bench = await start();
  const before = fs.readFileSync(bench.settingsPath, 'utf8');
  bench.editByHand('{');
  await until(() => bench.problems.list().length === 1);
  fs.writeFileSync(bench.settingsPath, before);
  await until(() => bench.problems.list().length === 0, 1_500);
});

test('an edit in the window over a wrong one by hand keeps the wrong one aside', async () => {
  const bench = await start();
  bench.editByHand('{"clientKeys": [{"id": "x", "secret": "sk-planted-aside-12345"');
  await bench.config.edit((draft) => {
    draft.routing.maxAttempts = 6;
  });
  expect(bench.onDisk().routing?.maxAttempts).toBe(6);
  expect(bench.problems.list()).toEqual([]);
  const aside = fs.readdirSync(bench.dataDir).filter((name) => name.includes('.corrupt-'));
  expect(aside).toHaveLength(1);
  expect(fs.readFileSync(path.join(bench.dataDir, aside[0] ?? ''), 'utf8')).toContain('••2345');
});

test('an edit in the window comes on top of one by hand that was not noticed yet', async () => {
  const bench = await start();
  bench.editByHand({ ...withAttempts(9), note: 'by hand' });
  await bench.config.edit((draft) => {
    draft.server.maxBodyMB = 5;
  });
  expect(bench.onDisk()).toMatchObject({
    note: 'by hand',
    routing: { maxAttempts: 9 },
    server: { maxBodyMB: 5 },
  });
  bench.editByHand({ version: 2 });
  await expect(bench.config.edit(addExtra)).rejects.toThrow(/newer Sluice/);
  expect(bench.onDisk()).toEqual({ version: 2 });
  bench.editByHand(base);
});

test('plain secrets in an edit move into the vault and the file is rewritten, the rest as typed', async () => {
  const bench = await start();
  bench.editByHand({
    ...base,
    note: 'mine',
    endpoints: [{ id: 'o', baseUrl: 'http://x', accounts: [{ id: 'a', secret: 'sk-planted-hand' }] }],
  });
  await until(() => bench.config.settings.endpoints[0]?.accounts.length === 1);
  expect(bench.keychain.entries.get('account/o/a')).toBe('sk-planted-hand');
  expect(bench.onDisk()).toEqual({
    ...base,
    note: 'mine',
    endpoints: [{ id: 'o', baseUrl: 'http://x', accounts: [{ id: 'a', secret: { vault: 'account/o/a' } }] }],
  });
  expect(filesHolding(bench.dataDir, ['planted'])).toEqual([]);
});

test('an account taken out by hand loses its secret, and an undo in the editor brings it back', async () => {
  const bench = await start();
  const account = { id: 'a', secret: { vault: 'account/o/a' } };
  await bench.config.edit((draft) => {
    draft.endpoints[0]?.accounts.push({
      ...account,
      secret: 'sk-planted-undo',
      name: '',
      enabled: true,
      weight: 1,
      limits: {},
    });
  });
  const text = fs.readFileSync(bench.settingsPath, 'utf8');
  bench.editByHand(base);
  await until(() => !bench.keychain.entries.has('account/o/a'));
  bench.editByHand(text);
  await until(() => bench.keychain.entries.get('account/o/a') === 'sk-planted-undo');
  await until(() => bench.config.snapshots.current.endpoints[0]?.accounts[0]?.credential.state === 'ready');
});

test('a deleted file ends nothing: the configuration stays and is written with the next edit', async () => {
  const bench = await start();
  fs.rmSync(bench.settingsPath);
  await until(() => bench.problems.list().length === 1, 1_500);
  expect(bench.problems.list()[0]?.message).toContain('was deleted');
  await bench.config.reload();
  expect(fs.existsSync(bench.settingsPath)).toBe(false);
  expect(bench.config.settings.endpoints).toHaveLength(1);
  await bench.config.edit(() => {});
  expect(bench.onDisk().endpoints).toMatchObject([{ id: 'o' }]);
  expect(bench.problems.list()).toEqual([]);
  bench.editByHand(withAttempts(11));
  await until(() => attempts(bench) === 11, 1_500);
});

test('a file that can not be read is a problem, not an end', async () => {
  const bench = await start();
  fs.rmSync(bench.settingsPath);
  fs.mkdirSync(bench.settingsPath);
  await new Promise((resolve) => setTimeout(resolve, 800));
  expect(bench.config.settings.endpoints).toHaveLength(1);
  await expect(bench.config.edit(addExtra)).rejects.toThrow(/EISDIR/);
  fs.rmdirSync(bench.settingsPath);
  bench.editByHand(withAttempts(12));
  await until(() => attempts(bench) === 12, 1_500);
});

test('with a locked keychain an edit with a plain secret is refused and left as it is, until it opens', async () => {
  const keychain = createFakeKeychain('locked');
  const bench = await start({ keychain });
  const typed = {
    ...base,
    clientKeys: [...base.clientKeys, { id: 'new', secret: 'planted-locked-key' }],
  };
  bench.editByHand(typed);
  await until(() => bench.problems.list().some((problem) => problem.code === 'settings-invalid'));
  expect(bench.problems.list()).toMatchObject([
    { code: 'vault-locked' },
    { code: 'settings-invalid', details: { field: 'clientKeys[1].secret' } },
  ]);
  expect(bench.onDisk()).toEqual(typed);
  expect(bench.config.settings.clientKeys).toHaveLength(1);
  await expect(bench.config.edit(addExtra)).rejects.toThrow(/clientKeys\[1\]\.secret/);
  expect(bench.onDisk()).toEqual(typed);
  keychain.state = 'ready';
  await bench.vault.retry();
  await until(() => bench.config.settings.clientKeys.length === 2);
  expect(bench.problems.list()).toEqual([]);
  expect(keychain.entries.get('clientKey/new')).toBe('planted-locked-key');
  expect(bench.config.snapshots.current.clientKeyByHash.has(secretHash('planted-locked-key'))).toBe(true);
});
