// GET /v1/models: one body that OpenAI and Anthropic clients both accept, holding just what routing accepts. Its members are those of
// clients.md section 7; none is ever null, because one wrong member makes some clients throw the whole list away.

import { isAllowed } from '../contract/modelRules.ts';
import type { ModelSources } from '../registry/knownModel.ts';
import type { ModelUse } from '../registry/modelAbilities.ts';
import type { CompiledClientKey, Snapshot } from '../registry/snapshot.ts';
import { listModelNames } from '../routing/resolveModel.ts';
import { describeModel, type ModelDescription } from './describeModel.ts';

export interface ModelEntry {
  id: string;
  object: 'model';
  /** Unix seconds. Upstreams disagree about it, so it is one constant. */
  created: number;
  owned_by: string;
  name: string;
  type: 'model';
  display_name: string;
  created_at: string;
  /** Tokens. */
  context_length?: number;
  max_output_tokens?: number;
  architecture?: { input_modalities: string[]; output_modalities: string[] };
  supported_parameters?: string[];
  supported_endpoint_types?: string[];
}

export interface ModelListBody {
  object: 'list';
  data: ModelEntry[];
  has_more: false;
  first_id: string | null;
  last_id: string | null;
}

const created = 1_700_000_000;
const createdAt = new Date(created * 1_000).toISOString();

/** In the words that clients choose a protocol by; speech and the like have none. */
const endpointTypes: Readonly<Record<ModelUse, readonly string[] | null>> = {
  chat: ['openai', 'openai-response', 'anthropic', 'gemini'],
  embeddings: ['embeddings'],
  images: ['image-generation'],
  rerank: ['jina-rerank'],
  media: null,
};

function entryOf(model: ModelDescription): ModelEntry {
  const { contextTokens, outputTokens, inputModalities, supportedParameters } = model;
  const types = endpointTypes[model.use];
  return {
    id: model.id,
    object: 'model',
    created,
    owned_by: model.ownedBy,
    name: model.displayName,
    type: 'model',
    display_name: model.displayName,
    created_at: createdAt,
    ...(contextTokens === null ? {} : { context_length: contextTokens }),
    ...(outputTokens === null ? {} : { max_output_tokens: outputTokens }),
    ...(inputModalities === null || model.use !== 'chat'
      ? {}
      : { architecture: { input_modalities: [...inputModalities], output_modalities: ['text'] } }),
    ...(supportedParameters === null ? {} : { supported_parameters: [...supportedParameters] }),
    ...(types === null ? {} : { supported_endpoint_types: [...types] }),
  };
}

/** What a client key may see, sorted by name. */
export function visibleModels(
  snapshot: Snapshot,
  key: CompiledClientKey,
  sources: ModelSources,
): ModelDescription[] {
  return listModelNames(snapshot, sources.modelLists)
    .filter((name) => isAllowed(key.models, name))
    .map((name) => describeModel(snapshot, name, sources))
    .filter((model) => model !== null);
}

/** One model, also where only a pattern or an endpoint without a known list serves it; null where nobody does or the key may not. */
export function visibleModel(
  snapshot: Snapshot,
  key: CompiledClientKey,
  name: string,
  sources: ModelSources,
): ModelDescription | null {
  return isAllowed(key.models, name) ? describeModel(snapshot, name, sources) : null;
}

/** The models a client key may see. */
export function listModels(snapshot: Snapshot, key: CompiledClientKey, sources: ModelSources): ModelListBody {
  const data = visibleModels(snapshot, key, sources).map(entryOf);
  return {
    object: 'list',
    data,
    has_more: false,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  };
}

/** One model as it stands in the list; null where nobody serves it. */
export function findModel(
  snapshot: Snapshot,
  key: CompiledClientKey,
  name: string,
  sources: ModelSources,
): ModelEntry | null {
  const model = visibleModel(snapshot, key, name, sources);
  return model && entryOf(model);
}
