import { demoBaseUrl, type Endpoint } from '../../contract/schemas/endpoint.ts';
import type { AccountView, EndpointView } from '../../contract/schemas/views.ts';
import type { AccountReading } from '../../guards/accountStates.ts';
import { servedNames } from '../../registry/servedNames.ts';
import type { CompiledEndpoint, Snapshot } from '../../registry/snapshot.ts';
import { conceal } from '../concealed.ts';
import { accountView } from './accountView.ts';
import { inactiveNames } from './inactiveModels.ts';

export interface EndpointFacts {
  /** The running day of daily limits, Unix ms. */
  quotaDay: EndpointView['quotaDay'];
  read(account: CompiledEndpoint['accounts'][number]): AccountReading;
  /** The endpoint's own model list, null while it was never asked. */
  modelList(endpointId: string): readonly string[] | null;
}

/** Accounts the user switched off count neither way. */
function health(enabled: boolean, accounts: readonly AccountView[]): EndpointView['health'] {
  if (!enabled) return 'off';
  const inUse = accounts.filter((account) => account.enabled);
  const ready = inUse.filter((account) => account.state === 'ready').length;
  if (ready === 0) return 'down';
  return ready === inUse.length ? 'ready' : 'partial';
}

function served(
  endpoint: CompiledEndpoint,
  list: readonly string[] | null,
): Pick<EndpointView, 'servedModels' | 'modelsFrom'> {
  const servedModels = servedNames(endpoint, list);
  if (endpoint.models.size > 0) return { servedModels, modelsFrom: 'settings' };
  return { servedModels, modelsFrom: list ? 'upstream' : 'unknown' };
}

/**
 * Known fields only: what else stands in settings.json is the user's. `accounts` is never empty: an endpoint
 * without any shows the one it runs on, of id `none`.
 */
export function endpointView(
  written: Endpoint,
  compiled: CompiledEndpoint,
  facts: EndpointFacts,
): EndpointView {
  const accounts = compiled.accounts.map((account) =>
    accountView(
      compiled,
      account,
      written.accounts.find((candidate) => candidate.id === account.id) ?? null,
      facts.read(account),
    ),
  );
  const list = facts.modelList(written.id);
  return {
    id: written.id,
    name: written.name,
    kind: written.kind,
    baseUrl: written.baseUrl,
    enabled: written.enabled,
    priority: written.priority,
    weight: written.weight,
    free: written.free,
    models: [...written.models],
    modelMapping: { ...written.modelMapping },
    limits: { ...written.limits },
    ...conceal(written),
    accounts,
    health: health(written.enabled, accounts),
    ...served(compiled, list),
    inactive: inactiveNames(compiled, list, accounts),
    quotaDay: facts.quotaDay,
    isDemo: written.baseUrl === demoBaseUrl,
  };
}

/** All endpoints in the order they are tried: by priority, then as they stand in settings.json. */
export function endpointViews(snapshot: Snapshot, facts: EndpointFacts): EndpointView[] {
  const compiled = new Map(snapshot.endpoints.map((endpoint) => [endpoint.id, endpoint]));
  return snapshot.settings.endpoints
    .flatMap((written) => {
      const endpoint = compiled.get(written.id);
      return endpoint ? [endpointView(written, endpoint, facts)] : [];
    })
    .sort((a, b) => a.priority - b.priority);
}
