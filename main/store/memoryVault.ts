import type { Vault } from './vault.ts';

/** Holds secrets until the process ends. */
export function createMemoryVault(): Vault {
  const secrets = new Map<string, string>();
  return {
    kind: 'memory',
    get: async (ref) => secrets.get(ref) ?? null,
    set: async (ref, secret) => void secrets.set(ref, secret),
    delete: async (ref) => void secrets.delete(ref),
  };
}
