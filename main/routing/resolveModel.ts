// Which endpoints serve a name, and what they call it. Limits and health do not count here.
import type { Skip } from '../contract/schemas/record.ts';
import { whyExcluded } from '../guards/why.ts';
import type { ModelLists } from '../registry/modelLists.ts';
import { mapModel } from '../registry/modelPattern.ts';
import { leftOutBy, servedNames } from '../registry/servedNames.ts';
import type { CompiledEndpoint, Snapshot } from '../registry/snapshot.ts';

export interface Route {
  readonly endpoint: CompiledEndpoint;
  /** The name sent upstream. */
  readonly upstreamModel: string;
}

/** By what was written down, or by its list. */
function hasName(endpoint: CompiledEndpoint, lists: ModelLists, name: string): boolean {
  if (endpoint.models.size > 0) return endpoint.models.has(name);
  // The list has not been learned yet: let the endpoint itself say whether it has the model.
  return lists.names(endpoint.id)?.has(name) ?? true;
}

function upstreamName(endpoint: CompiledEndpoint, lists: ModelLists, name: string): string | null {
  const mapped = mapModel(endpoint.modelMapping, name);
  if (mapped !== null) return mapped;
  return hasName(endpoint, lists, name) && leftOutBy(endpoint, name) === null ? name : null;
}

/** Every endpoint of the snapshot that serves the client's name, switched-off ones included (planning says why they are skipped). */
export function resolveModel(snapshot: Snapshot, lists: ModelLists, name: string): Route[] {
  const routes: Route[] = [];
  for (const endpoint of snapshot.endpoints) {
    const upstreamModel = upstreamName(endpoint, lists, name);
    if (upstreamModel !== null) routes.push({ endpoint, upstreamModel });
  }
  return routes;
}

/** The endpoints in use that would serve the name, were it not left out of what clients get there. */
export function leftOutSkips(snapshot: Snapshot, lists: ModelLists, name: string): Skip[] {
  return snapshot.endpoints.flatMap((endpoint) => {
    const pattern = endpoint.enabled ? leftOutBy(endpoint, name) : null;
    if (pattern === null || mapModel(endpoint.modelMapping, name) !== null) return [];
    if (!hasName(endpoint, lists, name)) return [];
    return [{ endpointId: endpoint.id, accountId: null, ...whyExcluded(pattern), until: null }];
  });
}

/** All names a client may ask for, sorted: served names and exact mapping keys. Patterns name no model. */
export function listModelNames(snapshot: Snapshot, lists: ModelLists): string[] {
  const names = new Set<string>();
  for (const endpoint of snapshot.endpoints) {
    if (!endpoint.enabled) continue;
    for (const name of servedNames(endpoint, lists.names(endpoint.id))) names.add(name);
    for (const name of Object.keys(endpoint.modelMapping)) if (!name.endsWith('*')) names.add(name);
  }
  return [...names].sort();
}
