// Finds the secret behind every reference. A vault that can't answer makes a state, not an error: the other accounts go on.
import type { Settings } from '../contract/schemas/settings.ts';
import { vaultRefs } from '../registry/secretSpots.ts';
import type { Credential, CredentialLookup } from '../registry/snapshot.ts';
import { type Vault, VaultError } from '../store/vault.ts';

export interface ResolvedCredentials {
  lookup: CredentialLookup;
  /** By vault reference: what is readable. */
  secrets: ReadonlyMap<string, string>;
  /** References that an open vault does not have. */
  absent: ReadonlySet<string>;
  /** References that were asked for while there was no vault at all. */
  unavailable: ReadonlySet<string>;
}

export interface ResolveDeps {
  vault: Vault;
  env: Readonly<Record<string, string | undefined>>;
  /** Secrets read before: they go on serving while the vault can't be asked. */
  known: ReadonlyMap<string, string>;
  /** True: ask the vault for all. False: only for what is not known. */
  refresh: boolean;
}

function fromEnvironment(name: string, env: ResolveDeps['env']): Credential {
  const secret = env[name];
  if (secret) return { state: 'ready', source: 'env', secret };
  return { state: 'missing', source: 'env', reason: `the environment variable ${name} is not set` };
}

function absentReason(vault: Vault): string {
  if (vault.kind === 'memory') return 'it was kept in memory only and is gone since the restart';
  return vault.kind === 'file' ? 'it is not in vault.json' : 'it is not in the keychain';
}

export async function resolveCredentials(
  settings: Settings,
  deps: ResolveDeps,
): Promise<ResolvedCredentials> {
  const secrets = new Map<string, string>();
  const absent = new Set<string>();
  const unavailable = new Set<string>();
  const byRef = new Map<string, Credential>();

  async function ask(ref: string): Promise<Credential> {
    const known = deps.known.get(ref);
    if (known !== undefined && !deps.refresh) return { state: 'ready', source: 'vault', secret: known };
    try {
      const secret = await deps.vault.get(ref);
      if (secret !== null) return { state: 'ready', source: 'vault', secret };
      absent.add(ref);
      return { state: 'missing', source: 'vault', reason: absentReason(deps.vault) };
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      if (known !== undefined) return { state: 'ready', source: 'vault', secret: known };
      if (error.reason === 'unavailable') unavailable.add(ref);
      const state = error.reason === 'locked' ? 'locked' : 'missing';
      return { state, source: 'vault', reason: error.message };
    }
  }

  // One after the other: each call's time counts from when it is made, and a slow keychain is not a locked one.
  for (const ref of vaultRefs(settings)) {
    const credential = await ask(ref);
    byRef.set(ref, credential);
    if (credential.state === 'ready') secrets.set(ref, credential.secret);
  }
  return {
    secrets,
    absent,
    unavailable,
    lookup: (secret) =>
      'env' in secret
        ? fromEnvironment(secret.env, deps.env)
        : (byRef.get(secret.vault) ?? {
            state: 'missing',
            source: 'vault',
            reason: absentReason(deps.vault),
          }),
  };
}
