// What an import would add, change and keep. Pure: settings and file in, plan out; nothing is applied here.
import { isDeepStrictEqual } from 'node:util';
import { splitRules } from '../../contract/modelRules.ts';
import type { Account, Endpoint, ProxySetting } from '../../contract/schemas/endpoint.ts';
import type { Settings } from '../../contract/schemas/settings.ts';
import type { ImportChoice, ImportPlan, PlannedEndpoint } from '../../contract/schemas/transfer.ts';
import { shownProxy } from '../concealed.ts';
import type { IdsOnRecord } from '../idsOnRecord.ts';
import type { Incoming } from './incoming.ts';

/** What an import meets. */
export interface Present {
  settings: Settings;
  /** An account's secret, where it can be read: the same key is not taken twice. */
  secretOf(endpointId: string, accountId: string): string | null;
  /** Ids that records still name: they are no new one's. */
  past: Pick<IdsOnRecord, 'endpoints' | 'accountsOf'>;
  /** `network.proxy` with its password, where that can be read. */
  networkProxy: string | null;
}

/** Addresses that people write differently and mean the same. */
function address({ kind, baseUrl }: Pick<Endpoint, 'kind' | 'baseUrl'>): string {
  return `${kind} ${baseUrl.toLowerCase().replace(/\/+$/, '').replace(/\/v1$/, '')}`;
}

export function findExisting(settings: Settings, incoming: Incoming, endpoint: Endpoint): Endpoint | null {
  const same = settings.endpoints.filter((candidate) => address(candidate) === address(endpoint));
  const known = incoming.source === 'sluice' || incoming.source === 'keys';
  const own = known ? same.find(({ id }) => id === endpoint.id) : undefined;
  return own ?? same.find(({ name }) => name === endpoint.name) ?? same[0] ?? null;
}

/** Tells whether an account is there already. Pools have thousands of keys: what is there is gone through once. */
function knownAccounts({ id, accounts }: Endpoint, present: Present): (account: Account) => boolean {
  const secrets = new Set(
    accounts.map((held) => (typeof held.secret === 'string' ? held.secret : present.secretOf(id, held.id))),
  );
  return ({ id: accountId, secret, email }) => {
    if (typeof secret === 'string') return secrets.has(secret);
    if (secret !== undefined) return accounts.some((held) => isDeepStrictEqual(held.secret, secret));
    return accounts.some((held) => (email ? held.email === email : held.id === accountId));
  };
}

export interface Brought {
  accounts: Account[];
  models: string[];
  mappings: Record<string, string>;
}

/** What an endpoint does not have yet. One that asks its own model list goes on asking, and none is made to leave out more. */
export function broughtTo(existing: Endpoint, endpoint: Endpoint, present: Present): Brought {
  const names = new Set(splitRules(existing.models).named);
  const isKnown = knownAccounts(existing, present);
  return {
    accounts: endpoint.accounts.filter((account) => !isKnown(account)),
    models: names.size === 0 ? [] : splitRules(endpoint.models).named.filter((model) => !names.has(model)),
    mappings: Object.fromEntries(
      Object.entries(endpoint.modelMapping).filter(([name]) => !Object.hasOwn(existing.modelMapping, name)),
    ),
  };
}

function planEndpoint(
  endpoint: Endpoint,
  index: number,
  incoming: Incoming,
  present: Present,
): PlannedEndpoint {
  const existing = findExisting(present.settings, incoming, endpoint);
  const brought = existing && broughtTo(existing, endpoint, present);
  const brings = {
    accounts: brought?.accounts.length ?? 0,
    models: brought?.models.length ?? 0,
    mappings: Object.keys(brought?.mappings ?? {}).length,
  };
  const nothing = brings.accounts + brings.models + brings.mappings === 0;
  let proposed: ImportChoice = 'add';
  if (existing) proposed = nothing ? 'skip' : 'merge';
  return {
    key: String(index),
    name: endpoint.name,
    kind: endpoint.kind,
    baseUrl: endpoint.baseUrl,
    enabled: endpoint.enabled,
    accounts: endpoint.accounts.length,
    withoutKey: endpoint.accounts.filter(({ secret }) => secret === undefined).length,
    models: splitRules(endpoint.models).named.length,
    existing: existing && { id: existing.id, name: existing.name },
    brings,
    proposed,
  };
}

/** Fields of the sections that would change, by `section.field`. */
export function changedFields(
  { settings, networkProxy }: Present,
  incoming: Incoming,
): [section: string, field: string][] {
  const changed: [string, string][] = [];
  for (const [section, fields] of Object.entries(incoming.sections)) {
    const present = settings[section as keyof Incoming['sections']] as Record<string, unknown>;
    for (const [field, value] of Object.entries(fields)) {
      const sameProxy = section === 'network' && field === 'proxy' && value === networkProxy;
      if (!sameProxy && !isDeepStrictEqual(present[field], value)) changed.push([section, field]);
    }
  }
  return changed;
}

function shown(path: string, value: unknown): string {
  return JSON.stringify(
    (path === 'network.proxy' ? shownProxy((value ?? null) as ProxySetting | null) : value) ?? null,
  );
}

export function newClientKeys({ settings }: Present, incoming: Incoming): Settings['clientKeys'] {
  return incoming.clientKeys.filter(({ id }) => !settings.clientKeys.some((key) => key.id === id));
}

export function planImport(present: Present, incoming: Incoming): ImportPlan {
  const { settings } = present;
  return {
    source: incoming.source,
    endpoints: incoming.endpoints.map((endpoint, index) => planEndpoint(endpoint, index, incoming, present)),
    settings: changedFields(present, incoming).map(([section, field]) => {
      const name = section as keyof Incoming['sections'];
      const fieldOf = (from: object | undefined): unknown =>
        (from as Record<string, unknown> | undefined)?.[field];
      const path = `${section}.${field}`;
      return {
        path,
        from: shown(path, fieldOf(settings[name])),
        to: shown(path, fieldOf(incoming.sections[name])),
      };
    }),
    clientKeys: newClientKeys(present, incoming).map(({ id, name }) => ({ id, name })),
    notes: incoming.notes,
  };
}
