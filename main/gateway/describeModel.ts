// One name a client may ask for, with what is known of the model behind it: the user's word, the endpoint's list, the data package, the name.
import type { ModelFacts } from '../registry/modelFacts.ts';
import type { ModelLists } from '../registry/modelLists.ts';
import type { Snapshot } from '../registry/snapshot.ts';
import { resolveModel } from '../routing/resolveModel.ts';
import { abilitiesOf, type ModelUse, modelUse } from './modelAbilities.ts';

export interface ModelSources {
  modelLists: ModelLists;
  /** With the user's overrides. */
  modelFacts: (upstreamModel: string) => ModelFacts;
}

export interface ModelDescription {
  readonly id: string;
  readonly displayName: string;
  /** The endpoint that is asked first. */
  readonly ownedBy: string;
  readonly use: ModelUse;
  readonly contextTokens: number | null;
  readonly outputTokens: number | null;
  readonly inputModalities: readonly string[] | null;
  readonly supportedParameters: readonly string[] | null;
}

/** Null where no endpoint that is switched on serves the name. */
export function describeModel(
  snapshot: Snapshot,
  name: string,
  { modelLists, modelFacts }: ModelSources,
): ModelDescription | null {
  const route = resolveModel(snapshot, modelLists, name).find(({ endpoint }) => endpoint.enabled);
  if (!route) return null;
  const { endpoint, upstreamModel } = route;
  const listing = modelLists.find(endpoint.id, upstreamModel);
  const use = modelUse(upstreamModel);
  const abilities = abilitiesOf(upstreamModel);
  const { modelOverrides } = snapshot.settings.usage;
  const override = Object.hasOwn(modelOverrides, upstreamModel)
    ? modelOverrides[upstreamModel]?.contextTokens
    : undefined;
  return {
    id: name,
    // A mapped name is the user's own, and stands for itself.
    displayName: name === upstreamModel ? (listing?.name ?? name) : name,
    ownedBy: endpoint.id,
    use,
    contextTokens: override ?? listing?.contextTokens ?? modelFacts(upstreamModel).contextTokens,
    outputTokens: listing?.outputTokens ?? null,
    inputModalities: listing?.inputModalities ?? abilities?.inputModalities ?? null,
    supportedParameters: listing?.supportedParameters ?? abilities?.supportedParameters ?? null,
  };
}
