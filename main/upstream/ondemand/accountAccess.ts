// What of an account opens the service: two accounts with the same access are the same to it.
import { createHash } from 'node:crypto';
import type { CompiledAccount, CompiledEndpoint, Snapshot } from '../../registry/snapshot.ts';
import { ondemandBases } from './ondemandBases.ts';

/** Null where there is nothing to call with: the service answers an empty key with a fault of its own (500). */
export function secretOf({ credential }: CompiledAccount): string | null {
  return credential.state === 'ready' && credential.secret.trim() !== '' ? credential.secret : null;
}

/** A hash of the credential and the addresses it is for. */
export function accessOf(endpoint: CompiledEndpoint, account: CompiledAccount): string {
  const { chat, auth } = ondemandBases(endpoint);
  return createHash('sha256')
    .update(JSON.stringify([chat, auth, account.email, secretOf(account)]))
    .digest('base64url');
}

function accesses(snapshot: Snapshot): Map<string, string | null> {
  return new Map(
    snapshot.endpoints
      .filter(({ kind }) => kind === 'ondemand')
      .flatMap((endpoint) =>
        endpoint.accounts.map(
          (account) =>
            [account.key, secretOf(account) === null ? null : accessOf(endpoint, account)] as const,
        ),
      ),
  );
}

/** Keys of the accounts that are gone, or another credential's now. One whose secret can't be read just now is the same still. */
export function goneAccounts(before: Snapshot, next: Snapshot): string[] {
  const now = accesses(next);
  return [...accesses(before)]
    .filter(([key, access]) => {
      const other = now.get(key);
      return !now.has(key) || (access !== null && other !== null && other !== access);
    })
    .map(([key]) => key);
}

/** True where the account is the settings' own, and not one of a form or of settings that are over. */
export function isAccountOf(snapshot: Snapshot, account: CompiledAccount): boolean {
  return snapshot.endpoints.some(({ accounts }) =>
    accounts.some(
      (own) => own.key === account.key && own.email === account.email && secretOf(own) === secretOf(account),
    ),
  );
}
