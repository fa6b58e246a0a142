// One name a client may ask for, with what is known of the model behind it.
import { type KnownModel, knownModel, type ModelSources } from '../registry/knownModel.ts';
import type { Snapshot } from '../registry/snapshot.ts';
import { resolveModel } from '../routing/resolveModel.ts';

export interface ModelDescription extends Omit<KnownModel, 'name'> {
  readonly id: string;
  readonly displayName: string;
  /** The endpoint that is asked first. */
  readonly ownedBy: string;
}

/** Null where no endpoint that is switched on serves the name. */
export function describeModel(
  snapshot: Snapshot,
  name: string,
  sources: ModelSources,
): ModelDescription | null {
  const route = resolveModel(snapshot, sources.modelLists, name).find(({ endpoint }) => endpoint.enabled);
  if (!route) return null;
  const { endpoint, upstreamModel } = route;
  const { modelOverrides } = snapshot.settings.usage;
  const { name: listed, ...known } = knownModel(endpoint.id, upstreamModel, modelOverrides, sources);
  return {
    ...known,
    id: name,
    // A mapped name is the user's own, and stands for itself.
    displayName: name === upstreamModel ? (listed ?? name) : name,
    ownedBy: endpoint.id,
  };
}
