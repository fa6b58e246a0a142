import type { Vault } from './vault.ts';

/** Reads through to `vault`; what is put in or taken out is so for its holder alone, and gone with it. */
export function createScratchVault(vault: Vault): Vault {
  const own = new Map<string, string | null>();
  return {
    get kind() {
      return vault.kind;
    },
    get: async (ref) => (own.has(ref) ? (own.get(ref) ?? null) : vault.get(ref)),
    set: async (ref, secret) => void own.set(ref, secret),
    delete: async (ref) => void own.set(ref, null),
  };
}
