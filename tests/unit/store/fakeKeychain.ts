import type { Keychain } from '../../../main/store/keytarVault.ts';
import { VaultError } from '../../../main/store/vault.ts';

/** A keychain whose state a test sets; what it holds survives being locked. */
export interface FakeKeychain extends Keychain {
  state: 'ready' | 'locked' | 'unavailable';
  readonly entries: Map<string, string>;
  /** What asking the user to unlock it does. */
  onUnlock: () => Promise<void>;
  /** A call given up earlier was answered. */
  recover(): void;
  closed: boolean;
}

export function createFakeKeychain(state: FakeKeychain['state']): FakeKeychain {
  const entries = new Map<string, string>();
  const listeners: (() => void)[] = [];
  const requireReady = async (): Promise<void> => {
    if (keychain.state !== 'ready') throw new VaultError(keychain.state, `the keyring is ${keychain.state}`);
  };
  const keychain: FakeKeychain = {
    kind: 'keychain',
    quiet: false,
    state,
    entries,
    closed: false,
    onUnlock: async () => {},
    probe: requireReady,
    unlock: () => keychain.onUnlock(),
    recover: () => {
      for (const listener of listeners) listener();
    },
    get: async (ref) => {
      await requireReady();
      return entries.get(ref) ?? null;
    },
    set: async (ref, secret) => {
      await requireReady();
      entries.set(ref, secret);
    },
    delete: async (ref) => {
      await requireReady();
      entries.delete(ref);
    },
    onRecovered: (listener) => void listeners.push(listener),
    close: () => {
      keychain.closed = true;
    },
  };
  return keychain;
}
