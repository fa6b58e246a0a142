import { expect, test } from 'vitest';
import { changedAccounts } from '../../../main/registry/changedAccounts.ts';
import { compileSnapshot } from '../../../main/registry/compileSnapshot.ts';
import { parseSettings } from '../../../main/store/parseSettings.ts';

function snapshot(baseUrl: string, keys: Record<string, string>) {
  const accounts = Object.entries(keys).map(([id, name]) => ({ id, secret: { env: name } }));
  const settings = parseSettings({ endpoints: [{ id: 'e', baseUrl, accounts }] });
  return compileSnapshot(settings, (secret) => ({
    state: 'ready',
    source: 'env',
    secret: 'env' in secret ? secret.env : '',
  }));
}

test.each([
  ['nothing', 'https://e.test', { a1: 'one', a2: 'two' }, []],
  ['a key', 'https://e.test', { a1: 'one', a2: 'other' }, ['e/a2']],
  ['the address', 'https://f.test', { a1: 'one', a2: 'two' }, ['e/a1', 'e/a2']],
  ['an account gone', 'https://e.test', { a1: 'one' }, []],
  ['an account new', 'https://e.test', { a1: 'one', a2: 'two', a3: 'three' }, ['e/a3']],
])('%s changed', (_what, baseUrl, keys, changed) => {
  const before = snapshot('https://e.test', { a1: 'one', a2: 'two' });
  expect(changedAccounts(before, snapshot(baseUrl, keys))).toEqual(changed);
});
