// Which endpoints serve a name, and what they call it. Limits and health do not count here.
import type { ModelLists } from '../registry/modelLists.ts';
import { mapModel } from '../registry/modelPattern.ts';
import type { CompiledEndpoint, Snapshot } from '../registry/snapshot.ts';

export interface Route {
  readonly endpoint: CompiledEndpoint;
  /** The name sent upstream. */
  readonly upstreamModel: string;
}

function upstreamName(endpoint: CompiledEndpoint, lists: ModelLists, name: string): string | null {
  const mapped = mapModel(endpoint.modelMapping, name);
  if (mapped !== null) return mapped;
  if (endpoint.models.size > 0) return endpoint.models.has(name) ? name : null;
  const known = lists.names(endpoint.id);
  // The list has not been learned yet: let the endpoint itself say whether it has the model.
  if (known === null) return name;
  return known.has(name) ? name : null;
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

/** All names a client may ask for, sorted: served names and exact mapping keys. Patterns name no model. */
export function listModelNames(snapshot: Snapshot, lists: ModelLists): string[] {
  const names = new Set<string>();
  for (const endpoint of snapshot.endpoints) {
    if (!endpoint.enabled) continue;
    const served = endpoint.models.size > 0 ? endpoint.models : (lists.names(endpoint.id) ?? []);
    for (const name of served) names.add(name);
    for (const name of Object.keys(endpoint.modelMapping)) if (!name.endsWith('*')) names.add(name);
  }
  return [...names].sort();
}
