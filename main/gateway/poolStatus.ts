// How the pool stands, for `/v1/status` and `/`: one row an endpoint, no secrets.
import type { AccountReading, AccountStates } from '../guards/accountStates.ts';
import type { CompiledAccount, CompiledEndpoint, Snapshot } from '../registry/snapshot.ts';

export interface AccountStatus {
  id: string;
  state: AccountReading['state'] | 'off' | 'locked' | 'missing';
  until: string | null;
  usage: { rpm: number; rpd: number };
}

export interface EndpointStatus {
  id: string;
  name: string;
  enabled: boolean;
  /** At least one account can take a request now. */
  available: boolean;
  /** Per account. */
  limits: { rpm: number; rpd: number };
  /** Over all its accounts. */
  usage: { rpm: number; rpd: number };
  accounts: AccountStatus[];
}

function accountStatus(
  endpoint: CompiledEndpoint,
  account: CompiledAccount,
  states: AccountStates,
): AccountStatus {
  const reading = states.read(account.key, account.limits);
  const { credential } = account;
  const hidden =
    credential.state === 'locked' || credential.state === 'missing' ? credential.state : reading.state;
  const state = endpoint.enabled && account.enabled ? hidden : 'off';
  return {
    id: account.id,
    state,
    until: reading.until === null ? null : new Date(reading.until).toISOString(),
    usage: { rpm: reading.usage.rpm, rpd: reading.usage.rpd },
  };
}

export function endpointStatuses(snapshot: Snapshot, states: AccountStates): EndpointStatus[] {
  return snapshot.endpoints.map((endpoint) => {
    const accounts = endpoint.accounts.map((account) => accountStatus(endpoint, account, states));
    const sum = (of: 'rpm' | 'rpd'): number =>
      accounts.reduce((total, account) => total + account.usage[of], 0);
    const limits = snapshot.settings.endpoints.find(({ id }) => id === endpoint.id)?.limits;
    return {
      id: endpoint.id,
      name: endpoint.name || endpoint.id,
      enabled: endpoint.enabled,
      available: accounts.some(({ state }) => state === 'ready'),
      limits: { rpm: limits?.rpm ?? -1, rpd: limits?.rpd ?? -1 },
      usage: { rpm: sum('rpm'), rpd: sum('rpd') },
      accounts,
    };
  });
}

/** Counts only: what anyone on this machine may know. */
export function poolHealth(
  snapshot: Snapshot,
  states: AccountStates,
): { endpoints: number; accounts: number; available: number } {
  const statuses = endpointStatuses(snapshot, states);
  const accounts = statuses.flatMap((status) => status.accounts);
  return {
    endpoints: statuses.length,
    accounts: accounts.length,
    available: accounts.filter(({ state }) => state === 'ready').length,
  };
}
