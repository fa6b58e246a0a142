// The merged catalogue: every name a client may ask for, and where a request for it goes.
import type { ModelView } from '../../contract/schemas/views.ts';
import type { ModelFacts } from '../../registry/modelFacts.ts';
import type { ModelLists } from '../../registry/modelLists.ts';
import { isPattern, mapModel } from '../../registry/modelPattern.ts';
import type { CompiledEndpoint, Snapshot } from '../../registry/snapshot.ts';

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
): ModelView[] {
  const endpoints = snapshot.endpoints
    .filter((endpoint) => endpoint.enabled)
    .sort((a, b) => a.priority - b.priority)
    .map((endpoint) => ({ endpoint, names: namesOf(endpoint, lists) }));
  const all = new Set(endpoints.flatMap(({ names }) => [...names]));
  return [...all].sort().map((id) => {
    const routes = endpoints.flatMap(({ endpoint, names }) => {
      const upstreamModel = upstreamName(endpoint, names, id);
      return upstreamModel === null ? [] : [{ endpointId: endpoint.id, upstreamModel }];
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
