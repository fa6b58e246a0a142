// GET /v1beta/models: the same models as Gemini clients want them listed (Model of @google/genai), those that can be asked in this dialect.

import type { ModelSources } from '../registry/knownModel.ts';
import type { ModelUse } from '../registry/modelAbilities.ts';
import type { CompiledClientKey, Snapshot } from '../registry/snapshot.ts';
import type { ModelDescription } from './describeModel.ts';
import { visibleModel, visibleModels } from './listModels.ts';

export interface GeminiModelEntry {
  /** `models/x` */
  name: string;
  displayName: string;
  /** Tokens. */
  inputTokenLimit?: number;
  outputTokenLimit?: number;
  supportedGenerationMethods: string[];
  /** Absent where it is not known. */
  thinking?: boolean;
}

const methods: Readonly<Partial<Record<ModelUse, readonly string[]>>> = {
  chat: ['generateContent', 'streamGenerateContent', 'countTokens'],
  embeddings: ['embedContent', 'batchEmbedContents'],
};

function entryOf(model: ModelDescription): GeminiModelEntry | null {
  const supported = methods[model.use];
  if (!supported) return null;
  const { contextTokens, outputTokens, supportedParameters } = model;
  return {
    name: `models/${model.id}`,
    displayName: model.displayName,
    ...(contextTokens === null ? {} : { inputTokenLimit: contextTokens }),
    ...(outputTokens === null ? {} : { outputTokenLimit: outputTokens }),
    supportedGenerationMethods: [...supported],
    ...(supportedParameters?.includes('reasoning') ? { thinking: true } : {}),
  };
}

/** The models a client key may see. */
export function listGeminiModels(
  snapshot: Snapshot,
  key: CompiledClientKey,
  sources: ModelSources,
): { models: GeminiModelEntry[] } {
  return {
    models: visibleModels(snapshot, key, sources)
      .map(entryOf)
      .filter((entry) => entry !== null),
  };
}

/** `name` with or without `models/`; null where nobody serves it, or not in this dialect. */
export function findGeminiModel(
  snapshot: Snapshot,
  key: CompiledClientKey,
  name: string,
  sources: ModelSources,
): GeminiModelEntry | null {
  const model =
    visibleModel(snapshot, key, name, sources) ??
    visibleModel(snapshot, key, name.replace(/^models\//, ''), sources);
  return model && entryOf(model);
}
