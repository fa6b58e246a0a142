// GET /v1/models: one body that OpenAI and Anthropic clients both accept, holding just what routing accepts.
import type { ModelFacts } from '../registry/modelFacts.ts';
import type { ModelLists } from '../registry/modelLists.ts';
import { isAllowed } from '../registry/modelPattern.ts';
import type { CompiledClientKey, Snapshot } from '../registry/snapshot.ts';
import { listModelNames, resolveModel } from '../routing/resolveModel.ts';

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
  context_length?: number;
}

export interface ModelListBody {
  object: 'list';
  data: ModelEntry[];
  has_more: false;
  first_id: string | null;
  last_id: string | null;
}

interface ListDeps {
  modelLists: ModelLists;
  modelFacts: (upstreamModel: string) => ModelFacts;
}

const created = 1_700_000_000;
const createdAt = new Date(created * 1_000).toISOString();

function entry(snapshot: Snapshot, name: string, deps: ListDeps): ModelEntry {
  const route = resolveModel(snapshot, deps.modelLists, name).find(({ endpoint }) => endpoint.enabled);
  const contextTokens = route ? deps.modelFacts(route.upstreamModel).contextTokens : null;
  return {
    id: name,
    object: 'model',
    created,
    owned_by: route?.endpoint.id ?? 'sluice',
    name,
    type: 'model',
    display_name: name,
    created_at: createdAt,
    ...(contextTokens === null ? {} : { context_length: contextTokens }),
  };
}

/** The models a client key may see. */
export function listModels(snapshot: Snapshot, key: CompiledClientKey, deps: ListDeps): ModelListBody {
  const names = listModelNames(snapshot, deps.modelLists).filter((name) => isAllowed(key.models, name));
  const data = names.map((name) => entry(snapshot, name, deps));
  return {
    object: 'list',
    data,
    has_more: false,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  };
}

/** One model, also where only a pattern or an endpoint without a known list serves it; null where nobody does. */
export function findModel(
  snapshot: Snapshot,
  key: CompiledClientKey,
  name: string,
  deps: ListDeps,
): ModelEntry | null {
  if (!isAllowed(key.models, name)) return null;
  const served = resolveModel(snapshot, deps.modelLists, name).some(({ endpoint }) => endpoint.enabled);
  return served ? entry(snapshot, name, deps) : null;
}
