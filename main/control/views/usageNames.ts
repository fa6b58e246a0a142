import type { BreakdownRow, UsageSummary } from '../../contract/schemas/usage.ts';
import type { Snapshot } from '../../registry/snapshot.ts';
import { windowKey } from '../../registry/windowKey.ts';

/** The summary with today's names of endpoints, accounts and client keys; what was removed keeps its id. */
export function withNames(summary: UsageSummary, snapshot: Snapshot): UsageSummary {
  const endpoints = new Map<string, string>();
  const accounts = new Map<string, string>();
  for (const endpoint of snapshot.endpoints) {
    const name = endpoint.name || endpoint.id;
    endpoints.set(endpoint.id, name);
    for (const account of endpoint.accounts)
      accounts.set(account.key, account.id === 'none' ? name : `${name} · ${account.name || account.id}`);
  }
  const clientKeys = new Map([windowKey, ...snapshot.clientKeys].map((key) => [key.id, key.name || key.id]));
  const named = (
    rows: readonly BreakdownRow[],
    nameOf: (key: string) => string | undefined,
  ): BreakdownRow[] => rows.map((row) => ({ ...row, name: nameOf(row.key) ?? (row.name || row.key) }));
  /** One that was removed keeps its id, beside its endpoint's name of today. */
  function accountName(key: string): string {
    const [endpointId = '', accountId = ''] = key.split('/');
    const endpoint = endpoints.get(endpointId) ?? endpointId;
    return accounts.get(key) ?? (accountId === 'none' ? endpoint : `${endpoint} · ${accountId}`);
  }
  return {
    ...summary,
    byEndpoint: named(summary.byEndpoint, (id) => endpoints.get(id)),
    byAccount: named(summary.byAccount, accountName),
    byClientKey: named(summary.byClientKey, (id) => clientKeys.get(id)),
  };
}
