import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createConfigStore } from '../../../main/store/configStore.ts';
import { openConfSettingsFile } from '../../../main/store/confSettingsFile.ts';
import { SettingsInvalidError } from '../../../main/store/settingsInvalidError.ts';
import { filesHolding, modeOf, tempDir } from './tempDir.ts';
import { testLog } from './testLog.ts';

const now = Date.UTC(2030, 0, 2, 3, 4, 5);
const posix = process.platform !== 'win32';

function setUp(content?: string) {
  const folder = tempDir();
  const settings = path.join(folder, 'settings.json');
  if (content !== undefined) fs.writeFileSync(settings, content, { mode: 0o600 });
  const { log, redactor, text } = testLog();
  const migrations = { 0: (old: Record<string, unknown>) => ({ ...old, server: { port: old.port } }) };
  const open = () =>
    createConfigStore({ file: openConfSettingsFile(folder), log, redactor, now: () => now, migrations });
  const backup = `${settings}.bak`;
  const names = () => fs.readdirSync(folder).sort();
  return { folder, settings, backup, open, names, logged: text };
}

const good = { version: 1, server: { port: 1111 } };
const goodText = JSON.stringify(good);

test('a good file is used as it stands, and becomes the last good copy when accepted', () => {
  const { open, settings, backup } = setUp(goodText);
  const store = open();
  expect(store.load('throw')).toEqual({ document: good, rewrite: false, rescue: null });
  expect(fs.existsSync(backup)).toBe(false);
  store.accept(true);
  expect(fs.readFileSync(backup, 'utf8')).toBe(goodText);
  expect(fs.readFileSync(settings, 'utf8')).toBe(goodText);
  if (posix) expect(modeOf(backup)).toBe('600');
});

test.each([
  ['truncated', '{"version":1,"ser'],
  ['empty', ''],
  ['no object', '[]'],
  ['wrong', '{"server":{"port":"x"}}'],
  ['damaged to a newer version', '{"version":9}'],
  ['gone', null],
])('%s: the last good copy is used and the file kept aside', (_name, content) => {
  const { open, backup, folder, names } = setUp(content ?? undefined);
  fs.writeFileSync(backup, goodText);
  const loaded = open().load('throw');
  expect(loaded).toMatchObject({ document: good, rewrite: true, rescue: { from: 'backup' } });
  expect(fs.readFileSync(backup, 'utf8')).toBe(goodText);
  const aside = 'settings.json.corrupt-2030-01-02T03-04-05.000Z';
  if (content === null) expect(names()).toEqual(['settings.json.bak']);
  else {
    expect(fs.readFileSync(path.join(folder, aside), 'utf8')).toBe(content);
    expect(loaded.rescue?.keptAs).toBe(path.join(folder, aside));
  }
});

test('without a last good copy a wrong file ends the start or is kept aside, as the shell wants', () => {
  const wrong = setUp('{"server":{"port":"x"}}');
  expect(() => wrong.open().load('throw')).toThrow(`${wrong.settings}: server.port: expected number`);
  expect(wrong.names()).toEqual(['settings.json']);
  expect(wrong.open().load('defaults')).toMatchObject({
    document: {},
    rewrite: true,
    rescue: { from: 'defaults', error: { issues: [{ path: 'server.port' }] } },
  });
  expect(wrong.names()).toHaveLength(2);
  for (const empty of ['', ' \n']) expect(setUp(empty).open().load('throw').rescue).toBeNull();
});

test('a newer version is refused and left alone', () => {
  const { open, names, settings, backup } = setUp('{"version":2,"future":true}');
  for (const content of [null, '{"version":2}']) {
    if (content) fs.writeFileSync(backup, content);
    for (const unusable of ['throw', 'defaults'] as const)
      expect(() => open().load(unusable)).toThrow(/version: is 2, written by a newer Sluice/);
  }
  expect(fs.readFileSync(settings, 'utf8')).toBe('{"version":2,"future":true}');
  expect(names()).toEqual(['settings.json', 'settings.json.bak']);
});

test('an older version is migrated in memory first, and kept when it is written', () => {
  const { open, settings, folder } = setUp(
    '{"version":0,"port":5,"clientKeys":[{"id":"a","secret":"sk-planted-12345"}]}',
  );
  const store = open();
  const loaded = store.load('throw');
  expect(loaded.rewrite).toBe(true);
  expect(loaded.document).toMatchObject({ version: 1, server: { port: 5 } });
  expect(JSON.parse(fs.readFileSync(settings, 'utf8')).version).toBe(0);
  store.write({ ...good });
  const kept = JSON.parse(fs.readFileSync(`${settings}.v0.bak`, 'utf8'));
  expect(kept).toMatchObject({ version: 0, port: 5, clientKeys: [{ secret: '••2345' }] });
  if (posix) expect(modeOf(`${settings}.v0.bak`)).toBe('600');
  expect(filesHolding(folder, ['sk-planted'])).toEqual([]);
});

test('copies of refused files hold no secret, whole or cut off', () => {
  const { open, folder, names } = setUp(goodText);
  const store = open();
  for (const text of [
    '{"endpoints":[{"accounts":[{"secret":"sk-planted-123456789"}]}],"server":{"port":"x"}}',
    '{"clientKeys":[{"secret" : "planted-cut-off-1234',
    '{"note":"Bearer planted-bearer-1234567890"',
    '{"headers":{"X-Team":"blue","Cookie":"id=planted cookie',
    '{"proxy":"http://me:planted-word@127.0.0.1:1","other":"kept"',
  ])
    store.setAside(Buffer.from(text));
  expect(filesHolding(folder, ['planted'])).toEqual([]);
  expect(filesHolding(folder, ['kept'])).toHaveLength(1);
  for (let count = 0; count < 20; count++) store.setAside(Buffer.from(String(count)));
  expect(names().filter((name) => name.includes('.corrupt-'))).toHaveLength(10);
});

test('what others did to the file is told from what we did', () => {
  const { open, settings } = setUp(goodText);
  const store = open();
  store.load('throw');
  store.accept(true);
  expect(store.changedOutside()).toBe(false);
  store.write({ version: 1 });
  expect(store.changedOutside()).toBe(false);
  fs.writeFileSync(settings, '{"server":{"port":"x"}}');
  expect([store.changedOutside(), store.changedSinceLook()]).toEqual([true, true]);
  const state = store.inspect();
  expect(state).toMatchObject({ state: 'wrong', newer: false });
  expect(state.state === 'wrong' && state.error).toBeInstanceOf(SettingsInvalidError);
  expect([store.changedOutside(), store.changedSinceLook()]).toEqual([true, false]);
  fs.rmSync(settings);
  expect(store.inspect()).toEqual({ state: 'missing' });
  expect(store.changedOutside()).toBe(true);
});

test.runIf(posix)(
  'a file that others can read is made private, with a warning (POSIX file systems only)',
  () => {
    const { open, settings, logged } = setUp(goodText);
    fs.chmodSync(settings, 0o644);
    open().load('throw');
    expect(modeOf(settings)).toBe('600');
    expect(logged()).toContain('could be read by other users');
  },
);

test('what a killed writer left behind is removed, but not what may be in the making', () => {
  const { open, folder, names } = setUp(goodText);
  for (const name of ['settings.json.tmp-0123456789abcdef', 'settings.json.bak.tmp-1', 'other.tmp-1'])
    fs.writeFileSync(path.join(folder, name), 'x');
  fs.utimesSync(path.join(folder, 'settings.json.tmp-0123456789abcdef'), 1, 1);
  const young = path.join(folder, 'settings.json.bak.tmp-1');
  fs.utimesSync(young, now / 1000, now / 1000);
  open().load('throw');
  expect(names()).toEqual(['other.tmp-1', 'settings.json', 'settings.json.bak.tmp-1']);
});
