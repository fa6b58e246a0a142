import type { BreakdownRow, FormerName, UsageSummary } from '../../contract/schemas/usage.ts';
import type { Snapshot } from '../../registry/snapshot.ts';
import { windowKey } from '../../registry/windowKey.ts';

type Kind = FormerName['kind'];
type Named = Pick<BreakdownRow, 'name' | 'gone'>;

/** The names of one kind: what is there by its name of today, what was removed by the one it had; null for what nobody knows. */
function namesOf(kind: Kind, present: Iterable<[id: string, name: string]>, former: readonly FormerName[]) {
  const here = new Map(present);
  const gone = new Map(former.flatMap((one) => (one.kind === kind ? [[one.id, one.name] as const] : [])));
  return (id: string): Named | null => {
    const name = here.get(id);
    if (name !== undefined) return { name };
    const last = gone.get(id);
    return last === undefined ? null : { name: last, gone: true };
  };
}

/** The summary with the names of endpoints, accounts and client keys; of what was removed before names were kept, the id. */
export function withNames(
  summary: UsageSummary,
  snapshot: Snapshot,
  former: readonly FormerName[],
): UsageSummary {
  const { endpoints } = snapshot;
  const clientKeys = [windowKey, ...snapshot.clientKeys];
  const accounts = endpoints.flatMap((endpoint) => endpoint.accounts);
  const named = <T extends { name: string; id: string }>({ id, name }: T): [string, string] => [
    id,
    name || id,
  ];
  const endpointOf = namesOf('endpoint', endpoints.map(named), former);
  const clientKeyOf = namesOf('clientKey', clientKeys.map(named), former);
  const ownNameOf = namesOf(
    'account',
    accounts.map(({ key, id, name }) => [key, name || id]),
    former,
  );

  /** Beside its endpoint's name; the place of accounts that an endpoint without any has is the endpoint itself. */
  function accountOf(key: string): Named {
    const [endpointId = '', accountId = ''] = key.split('/');
    const endpoint = endpointOf(endpointId) ?? { name: endpointId };
    if (accountId === 'none') return endpoint;
    const own = ownNameOf(key) ?? { name: accountId };
    return { ...endpoint, ...own, name: `${endpoint.name} · ${own.name}` };
  }

  const rowsWith = (rows: readonly BreakdownRow[], nameOf: (key: string) => Named | null): BreakdownRow[] =>
    rows.map((row) => ({ ...row, ...(nameOf(row.key) ?? { name: row.name || row.key }) }));
  return {
    ...summary,
    byEndpoint: rowsWith(summary.byEndpoint, endpointOf),
    byAccount: rowsWith(summary.byAccount, accountOf),
    byClientKey: rowsWith(summary.byClientKey, clientKeyOf),
  };
}
