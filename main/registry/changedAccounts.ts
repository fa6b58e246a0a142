import type { Snapshot } from './snapshot.ts';

/**
 * Accounts that are new, or whose credential or address has changed, start with a clean slate: old refusals, perhaps of another
 * account of the same id, say nothing of a new key. Their `key`s.
 */
export function changedAccounts(before: Snapshot, after: Snapshot): string[] {
  const facts = (snapshot: Snapshot): Map<string, string> =>
    new Map(
      snapshot.endpoints.flatMap((endpoint) =>
        endpoint.accounts.map(
          ({ key, email, credential, enabled }) =>
            [key, JSON.stringify([endpoint.baseUrl, email, credential, enabled])] as const,
        ),
      ),
    );
  const old = facts(before);
  return [...facts(after)].filter(([key, fact]) => old.get(key) !== fact).map(([key]) => key);
}
