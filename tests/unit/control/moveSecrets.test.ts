import { expect, test, vi } from 'vitest';
import { forget, moveSecrets } from '../../../main/control/moveSecrets.ts';
import { createMemoryVault } from '../../../main/store/memoryVault.ts';
import type { Vault } from '../../../main/store/vault.ts';
import { testLog } from '../store/testLog.ts';

const { redactor } = testLog();

/** A vault that takes many at once. */
function bulkVault() {
  const held = new Map<string, string>();
  const change = vi.fn(async (changes: ReadonlyMap<string, string | null>) => {
    for (const [ref, secret] of changes) {
      if (secret === null) held.delete(ref);
      else held.set(ref, secret);
    }
  });
  const one = () => Promise.reject(new Error('one by one'));
  const vault: Vault = {
    kind: 'file',
    get: async (ref) => held.get(ref) ?? null,
    set: one,
    delete: one,
    change,
  };
  return { vault, held, change };
}

const pool = (count: number) => ({
  endpoints: [
    {
      id: 'e',
      accounts: Array.from({ length: count }, (_, index) => ({ id: `a${index}`, secret: `key-${index}` })),
    },
  ],
});

test('a pool of keys goes into the vault in one change, and out of it in one', async () => {
  const { vault, held, change } = bulkVault();
  const { document, written } = await moveSecrets(pool(500), { vault, redactor, inUse: new Set() });
  expect(held.size).toBe(500);
  expect(document.endpoints[0]?.accounts[7]?.secret).toEqual({ vault: 'account/e/a7' });
  expect(await forget(vault, written)).toEqual([]);
  expect(held.size).toBe(0);
  expect(change).toHaveBeenCalledTimes(2);
});

test('a vault that loses one of many keeps none of them', async () => {
  const { vault, held } = bulkVault();
  const lossy: Vault = { ...vault, get: async (ref) => (ref.endsWith('a2') ? null : vault.get(ref)) };
  await expect(moveSecrets(pool(4), { vault: lossy, redactor, inUse: new Set() })).rejects.toThrow(
    'did not keep',
  );
  expect(held.size).toBe(0);
});

test('two secrets of one name in a document do not share a place', async () => {
  const vault = createMemoryVault();
  const source = { endpoints: [{ id: 'e', headers: { 'X-Key': 'first-key', 'x-key': 'second-key' } }] };
  const { document } = await moveSecrets(source, { vault, redactor, inUse: new Set() });
  const refs = Object.values(document.endpoints[0]?.headers ?? {}) as unknown as { vault: string }[];
  expect(await Promise.all(refs.map(({ vault: ref }) => vault.get(ref)))).toEqual([
    'first-key',
    'second-key',
  ]);
});

test('a new key does not slip into the place of one that the vault has lost', async () => {
  const vault = createMemoryVault();
  const lost = { id: 'main', secret: { vault: 'account/e/a1' } };
  const source = { endpoints: [{ id: 'e', accounts: [lost, { id: 'a1', secret: 'new-key' }] }] };
  const { document } = await moveSecrets(source, { vault, redactor, inUse: new Set(['account/e/a1']) });
  expect(document.endpoints[0]?.accounts).toEqual([lost, { id: 'a1', secret: { vault: 'account/e/a1~' } }]);
  expect(await vault.get('account/e/a1')).toBeNull();
});

test('a key typed again where the vault has lost it gets its place back', async () => {
  const vault = createMemoryVault();
  const source = { endpoints: [{ id: 'e', accounts: [{ id: 'a1', secret: 'typed-again' }] }] };
  const { written } = await moveSecrets(source, { vault, redactor, inUse: new Set(['account/e/a1']) });
  expect(written).toEqual(['account/e/a1']);
});
