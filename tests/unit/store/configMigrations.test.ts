import { expect, test } from 'vitest';
import { migrateSettings, versionOf } from '../../../main/store/configMigrations.ts';

test('a document of our version, or without one, is left as it is', () => {
  for (const document of [{ version: 1, a: 1 }, { a: 1 }, { version: 'x' }])
    expect(migrateSettings(document)).toBe(document);
  expect(versionOf({})).toBe(1);
});

test('each step is taken once, in order, on a copy', () => {
  const document = { version: -1, names: ['a'] };
  const migrated = migrateSettings(document, {
    [-1]: (old) => ({ ...old, names: [...(old.names as string[]), 'b'] }),
    0: (old) => ({ list: old.names }),
  });
  expect(migrated).toEqual({ version: 1, list: ['a', 'b'] });
  expect(document).toEqual({ version: -1, names: ['a'] });
});

test('newer and unknown versions are refused in words', () => {
  expect(() => migrateSettings({ version: 7 })).toThrow(/version: is 7, written by a newer Sluice/);
  expect(() => migrateSettings({ version: 0 })).toThrow(/version: is 0, which this Sluice does not know/);
});
