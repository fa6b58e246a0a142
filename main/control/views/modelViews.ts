// The merged catalogue: every name a client may ask for, and where a request for it goes.
import type { ModelView } from '../../contract/schemas/views.ts';
import type { AccountReading } from '../../guards/accountStates.ts';
import type { ModelFacts } from '../../registry/modelFacts.ts';
import type { ModelLists } from '../../registry/modelLists.ts';
import { isPattern, mapModel } from '../../registry/modelPattern.ts';
import type { CompiledAccount, CompiledEndpoint, Snapshot } from '../../registry/snapshot.ts';
import { inactiveModels } from './inactiveModels.ts';

/** What the endpoint serves by name: its models or its own list, and exact mapping keys. Patterns name no model. */
function namesOf(endpoint: CompiledEndpoint, lists: ModelLists): Set<string> {
  const served = endpoint.models.size > 0 ? endpoint.models : (lists.names(endpoint.id) ?? []);
  const mapped = Object.keys(endpoint.modelMapping).filter((name) => !isPattern(name));
  return new Set([...served, ...mapped]);
}

/** An endpoint that does not list the name may still take it by a pattern of its mapping. */
function upstreamName(endpoint: CompiledEndpoint, names: ReadonlySet<string>, name: string): string | null {
  return mapModel(endpoint.modelMapping, name) ?? (names.has(name) ? name : null);
}

/** Sorted by name; routes in the order of priority. Facts are those of the first route's upstream model. */
export function modelViews(
  snapshot: Snapshot,
  lists: ModelLists,
  facts: (upstreamModel: string) => ModelFacts,
  read: (account: CompiledAccount) => Pick<AccountReading, 'holds'>,
): ModelView[] {
  const inactiveAt = (endpoint: CompiledEndpoint) => {
    const list = lists.get(endpoint.id)?.map(({ id }) => id) ?? null;
    const accounts = endpoint.accounts.map((account) => ({ ...account, holds: read(account).holds }));
    return inactiveModels(endpoint, list, accounts);
  };
  const endpoints = snapshot.endpoints
    .filter((endpoint) => endpoint.enabled)
    .sort((a, b) => a.priority - b.priority)
    .map((endpoint) => ({ endpoint, names: namesOf(endpoint, lists), inactive: inactiveAt(endpoint) }));
  const all = new Set(endpoints.flatMap(({ names }) => [...names]));
  return [...all].sort().map((id) => {
    const routes = endpoints.flatMap(({ endpoint, names, inactive }) => {
      const upstreamModel = upstreamName(endpoint, names, id);
      if (upstreamModel === null) return [];
      return [{ endpointId: endpoint.id, upstreamModel, inactive: inactive(upstreamModel) !== null }];
    });
    const known = facts(routes[0]?.upstreamModel ?? id);
    return {
      id,
      routes,
      contextTokens: known.contextTokens,
      inputUsdPerMTok: known.inputUsdPerMTok,
      outputUsdPerMTok: known.outputUsdPerMTok,
    };
  });
}
