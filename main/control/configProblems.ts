// The words for what is wrong with settings and secrets. Pure: it raises nothing by itself.
import type { GatewayStatus, Problem } from '../contract/schemas/views.ts';
import type { Snapshot } from '../registry/snapshot.ts';

type NewProblem = Omit<Problem, 'since'>;

/** One problem an id, so that each can be cleared for itself. */
export const problemIds = {
  settings: 'settings',
  unwritable: 'settings-file',
  vault: 'vault',
  secrets: 'secrets',
} as const;

/** What the user should know of the vault; null while all is well. */
export function vaultProblem(status: GatewayStatus['vault']): NewProblem | null {
  const details = { kind: status.kind, reason: status.reason ?? '' };
  const reason = status.reason ? `: ${status.reason}` : '';
  if (status.kind === 'memory')
    return {
      id: problemIds.vault,
      code: 'vault-memory',
      message: `Secrets are kept in memory only and lost when Sluice ends${reason}`,
      details,
    };
  if (status.state === 'ready') return null;
  const what = status.kind === 'file' ? 'The encrypted vault file' : 'The keychain';
  return {
    id: problemIds.vault,
    code: status.state === 'locked' ? 'vault-locked' : 'vault-unavailable',
    message: `${what} ${status.state === 'locked' ? 'is locked' : "can't be used"}${reason}`,
    details,
  };
}

/** Accounts and client keys in use whose secret is gone. Locked ones are the vault's problem. */
export function missingSecrets(snapshot: Snapshot): NewProblem | null {
  const names: string[] = [];
  let reason = '';
  const look = (name: string, credential: Snapshot['clientKeys'][number]['credential']): void => {
    if (credential.state !== 'missing') return;
    names.push(name);
    reason ||= credential.reason;
  };
  for (const key of snapshot.clientKeys) if (key.enabled) look(key.name || key.id, key.credential);
  for (const endpoint of snapshot.endpoints) {
    if (!endpoint.enabled) continue;
    for (const account of endpoint.accounts) if (account.enabled) look(account.key, account.credential);
  }
  if (names.length === 0) return null;
  const list = names.join(', ');
  return {
    id: problemIds.secrets,
    code: 'secret-missing',
    message: `No secret can be read for ${list}: ${reason}. Enter it again`,
    details: { names: list, reason },
  };
}

export function settingsProblem(field: string, message: string): NewProblem {
  return {
    id: problemIds.settings,
    code: 'settings-invalid',
    message: `settings.json is not used as it is: ${field}: ${message}`,
    details: { field, message },
  };
}

export function unwritableProblem(path: string, error: unknown): NewProblem {
  const reason =
    (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : 'unknown');
  return {
    id: problemIds.unwritable,
    code: 'settings-unwritable',
    message: `${path} can't be written: ${reason}`,
    details: { path, reason },
  };
}
