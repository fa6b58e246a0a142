// What is known of the model behind a name: the user's word, then the endpoint's list, the data package, the name itself.
import type { ModelListing } from '../contract/modelListing.ts';
import { abilitiesOf, type ModelUse, modelUse } from './modelAbilities.ts';
import type { ModelFacts, ModelOverrides } from './modelFacts.ts';
import type { ModelLists } from './modelLists.ts';

export interface ModelSources {
  modelLists: ModelLists;
  modelFacts: (upstreamModel: string) => ModelFacts;
}

/** What nobody says is null. */
export interface KnownModel extends Omit<ModelListing, 'id'> {
  readonly use: ModelUse;
}

export function knownModel(
  endpointId: string,
  upstreamModel: string,
  overrides: ModelOverrides,
  { modelLists, modelFacts }: ModelSources,
): KnownModel {
  const listing = modelLists.find(endpointId, upstreamModel);
  const abilities = abilitiesOf(upstreamModel);
  const override = Object.hasOwn(overrides, upstreamModel)
    ? overrides[upstreamModel]?.contextTokens
    : undefined;
  return {
    name: listing?.name ?? null,
    use: modelUse(upstreamModel),
    contextTokens: override ?? listing?.contextTokens ?? modelFacts(upstreamModel).contextTokens,
    outputTokens: listing?.outputTokens ?? null,
    inputModalities: listing?.inputModalities ?? abilities?.inputModalities ?? null,
    supportedParameters: listing?.supportedParameters ?? abilities?.supportedParameters ?? null,
  };
}
