import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createFormerNames } from '../../../main/control/formerNames.ts';
import { compileSnapshot } from '../../../main/registry/compileSnapshot.ts';
import { createSnapshotHolder } from '../../../main/registry/snapshotHolder.ts';
import { namesFile } from '../../../main/store/namesFile.ts';
import { parseSettings } from '../../../main/store/parseSettings.ts';
import { tempDir } from '../store/tempDir.ts';
import { testLog } from '../store/testLog.ts';

function named(endpoints: Record<string, { name?: string; accounts?: Record<string, string> }>) {
  const settings = parseSettings({
    endpoints: Object.entries(endpoints).map(([id, { name = '', accounts = {} }]) => ({
      id,
      name,
      baseUrl: 'https://e.test',
      accounts: Object.entries(accounts).map(([accountId, called]) => ({ id: accountId, name: called })),
    })),
  });
  return compileSnapshot(settings, () => ({ state: 'none' }));
}

function setUp(dataDir = tempDir()) {
  const { log, entries } = testLog();
  const open = (first: ReturnType<typeof named>) => {
    const snapshots = createSnapshotHolder(first);
    return { snapshots, names: createFormerNames({ snapshots, file: namesFile(dataDir, log) }) };
  };
  return { dataDir, open, warnings: () => entries.map(({ message }) => message) };
}

test('tells the last name of what is gone, and of nothing that is there', () => {
  const { snapshots, names } = setUp().open(named({ e: { name: 'First', accounts: { a1: 'one', a2: '' } } }));
  expect(names.list()).toEqual([]);
  snapshots.swap(named({ e: { name: 'Second', accounts: { a1: 'one' } } }));
  snapshots.swap(named({}));
  expect(names.list()).toEqual([
    { kind: 'endpoint', id: 'e', name: 'Second' },
    { kind: 'account', id: 'e/a1', name: 'one' },
  ]);
  snapshots.swap(named({ e: { name: '' } }));
  expect(names.list()).toEqual([{ kind: 'account', id: 'e/a1', name: 'one' }]);
});

test('knows what was taken out while nothing ran', () => {
  const { open } = setUp();
  open(named({ constructor: { name: 'Odd' }, e: { name: 'E' } }));
  expect(open(named({ e: { name: 'E' } })).names.list()).toEqual([
    { kind: 'endpoint', id: 'constructor', name: 'Odd' },
  ]);
});

test('forgets with the records, for the next start too', () => {
  const { open } = setUp();
  const { snapshots, names } = open(named({ e: { name: 'E' }, f: { name: 'F' } }));
  snapshots.swap(named({ f: { name: 'F' } }));
  names.forget();
  expect(names.list()).toEqual([]);
  expect(open(named({})).names.list()).toEqual([{ kind: 'endpoint', id: 'f', name: 'F' }]);
});

test('keeps a bounded number', () => {
  const { snapshots, names } = setUp().open(named({}));
  const many = (from: number) =>
    named(
      Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`e${from + index}`, { name: 'E' }])),
    );
  snapshots.swap(many(0));
  snapshots.swap(many(1500));
  snapshots.swap(named({}));
  expect(names.list()).toHaveLength(2000);
  expect(names.list().at(-1)?.id).toBe('e2999');
});

test.each(['{"not":"a list"}', '[{"kind":"other","id":"x","name":"y"}]', 'not json', ''])(
  'starts anew from a file that holds %j',
  (content) => {
    const { dataDir, open, warnings } = setUp();
    fs.writeFileSync(path.join(dataDir, 'names.json'), content);
    const { snapshots, names } = open(named({ e: { name: 'E' } }));
    snapshots.swap(named({}));
    expect(names.list()).toEqual([{ kind: 'endpoint', id: 'e', name: 'E' }]);
    expect(warnings()).toEqual(['the names of what was removed can not be read']);
  },
);

test('goes on where nothing can be written', () => {
  const { open, warnings } = setUp(path.join(tempDir(), 'missing'));
  const { snapshots, names } = open(named({ e: { name: 'E' } }));
  snapshots.swap(named({}));
  expect(names.list()).toHaveLength(1);
  expect(warnings()).toContain('the names of what was removed can not be kept for the next start');
});
