/** Why a vault can't answer. `locked` mends itself when the user unlocks it; `unavailable` means there is none. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  readonly reason: 'locked' | 'unavailable' | 'wrong-passphrase';
  constructor(reason: VaultError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * Where secrets live: name -> secret. Every call answers or throws VaultError within 5 s, whatever the keychain does.
 * References are chosen by the caller, e.g. `account/openai/a1`, `clientKey/default`, `admin-token`.
 */
export interface Vault {
  readonly kind: 'keychain' | 'file' | 'memory';
  get(ref: string): Promise<string | null>;
  set(ref: string, secret: string): Promise<void>;
  delete(ref: string): Promise<void>;
  /** Many at once, all or none; null deletes. Absent where each is a call of its own. */
  change?: ((changes: ReadonlyMap<string, string | null>) => Promise<void>) | undefined;
}

/** Throws VaultError, and then some may be in the vault. */
export async function putAll(vault: Vault, secrets: ReadonlyMap<string, string>): Promise<void> {
  if (vault.change) await vault.change(secrets);
  else for (const [ref, secret] of secrets) await vault.set(ref, secret);
}
