import { describe, expect, it } from 'vitest';
import { type ModelListing, plainListing } from '../../../main/contract/modelListing.ts';
import { settingsSchema } from '../../../main/contract/schemas/settings.ts';
import { findGeminiModel, listGeminiModels } from '../../../main/gateway/listGeminiModels.ts';
import { findModel, listModels } from '../../../main/gateway/listModels.ts';
import { compileSnapshot } from '../../../main/registry/compileSnapshot.ts';
import type { ModelSources } from '../../../main/registry/knownModel.ts';
import { createModelLists } from '../../../main/registry/modelLists.ts';
import type { CompiledClientKey, Snapshot } from '../../../main/registry/snapshot.ts';

const noFacts = {
  inputUsdPerMTok: null,
  outputUsdPerMTok: null,
  cachedInputUsdPerMTok: null,
  contextTokens: null,
};

function snapshotOf(endpoints: object[], usage: object = {}): Snapshot {
  const settings = settingsSchema.parse({
    usage,
    endpoints: endpoints.map((endpoint, at) => ({ id: `e${at}`, baseUrl: `http://h${at}`, ...endpoint })),
  });
  return compileSnapshot(settings, () => ({ state: 'missing', source: 'vault', reason: '' }));
}

const keyFor = (...models: string[]): CompiledClientKey => ({ models }) as unknown as CompiledClientKey;
const key = keyFor('*');

function sources(
  lists: Record<string, ModelListing[]> = {},
  contexts: Record<string, number> = {},
): ModelSources {
  const modelLists = createModelLists();
  for (const [id, listings] of Object.entries(lists)) modelLists.set(id, listings);
  return { modelLists, modelFacts: (model) => ({ ...noFacts, contextTokens: contexts[model] ?? null }) };
}

const told: ModelListing = {
  id: 'vendor/big',
  name: 'Big Model',
  contextTokens: 100_000,
  outputTokens: 8_000,
  inputModalities: ['text', 'image'],
  supportedParameters: ['tools', 'reasoning'],
};

describe('GET /v1/models', () => {
  it('tells what the endpoint tells', () => {
    const body = listModels(snapshotOf([{}]), key, sources({ e0: [told] }, { 'vendor/big': 5 }));
    expect(body).toEqual({
      object: 'list',
      data: [
        {
          id: 'vendor/big',
          object: 'model',
          created: 1_700_000_000,
          owned_by: 'e0',
          name: 'Big Model',
          type: 'model',
          display_name: 'Big Model',
          created_at: '2023-11-14T22:13:20.000Z',
          context_length: 100_000,
          max_output_tokens: 8_000,
          architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
          supported_parameters: ['tools', 'reasoning'],
          supported_endpoint_types: ['openai', 'openai-response', 'anthropic', 'gemini'],
        },
      ],
      has_more: false,
      first_id: 'vendor/big',
      last_id: 'vendor/big',
    });
  });

  it('never holds a null, whatever is unknown', () => {
    const names = ['mystery', 'gpt-4o', 'text-embedding-3-small', 'whisper-1', 'dall-e-3', 'rerank-1'];
    const { data } = listModels(snapshotOf([{ models: names }]), key, sources());
    expect(data).toHaveLength(names.length);
    for (const model of data) for (const value of Object.values(model)) expect(value ?? null).not.toBeNull();
    expect(data.find(({ id }) => id === 'mystery')).not.toHaveProperty('architecture');
  });

  it.each([
    ['claude-sonnet-4-5', ['text', 'image', 'file'], 'tools'],
    ['anthropic/claude-3-5-haiku', ['text', 'image', 'file'], 'tools'],
    ['gpt-4o-mini', ['text', 'image'], 'tools'],
    ['gpt-4.1', ['text', 'image'], 'tools'],
    ['gpt-5.1-codex', ['text', 'image'], 'reasoning'],
    ['o3', ['text', 'image'], 'reasoning'],
    ['o3-mini', ['text'], 'reasoning'],
    ['gemini-2.5-pro', ['text', 'image', 'audio', 'video', 'file'], 'tools'],
  ])('knows %s by its name', (name, modalities, parameter) => {
    const model = findModel(snapshotOf([{ models: [name] }]), key, name, sources());
    expect(model?.architecture?.input_modalities).toEqual(modalities);
    expect(model?.supported_parameters).toContain(parameter);
  });

  it.each(['claude-2.1', 'o1-mini', 'gpt-4o-audio-preview', 'gemini-2.5-flash-image', 'llama-3', 'gpt-4'])(
    'is sure of nothing about %s',
    (name) => {
      const model = findModel(snapshotOf([{ models: [name] }]), key, name, sources());
      expect(model).not.toHaveProperty('architecture');
      expect(model).not.toHaveProperty('supported_parameters');
    },
  );

  it.each<[string, string[] | undefined]>([
    ['text-embedding-3-small', ['embeddings']],
    ['gemini-embedding-001', ['embeddings']],
    ['BAAI/bge-m3', ['embeddings']],
    ['bge-reranker-v2-m3', ['jina-rerank']],
    ['gpt-image-1', ['image-generation']],
    ['whisper-1', undefined],
    ['gpt-4o-mini-tts', undefined],
    ['tts-1-hd', undefined],
  ])('%s is asked as %j', (name, types) => {
    const model = findModel(snapshotOf([{ models: [name] }]), key, name, sources());
    expect(model?.supported_endpoint_types).toEqual(types);
    expect(model).not.toHaveProperty('architecture');
  });

  it("takes the user's word first, then the list's, then the data package's", () => {
    const lists = { e0: [told, plainListing('plain')] };
    const contexts = { 'vendor/big': 1, plain: 2 };
    const lengths = (usage: object) =>
      listModels(snapshotOf([{}], usage), key, sources(lists, contexts)).data.map(
        (model) => model.context_length,
      );
    expect(lengths({})).toEqual([2, 100_000]);
    expect(lengths({ modelOverrides: { 'vendor/big': { contextTokens: 3 } } })).toEqual([2, 3]);
  });

  it('gives a mapped name its own display name and the facts of what stands behind it', () => {
    const snapshot = snapshotOf([{ modelMapping: { fast: 'vendor/big' } }]);
    const model = findModel(snapshot, key, 'fast', sources({ e0: [told] }));
    expect(model).toMatchObject({
      id: 'fast',
      display_name: 'fast',
      context_length: 100_000,
      owned_by: 'e0',
    });
  });

  it('shows a key its own models alone, and none of an endpoint that is off', () => {
    const snapshot = snapshotOf([{ models: ['a', 'b'] }, { models: ['c'], enabled: false }]);
    expect(listModels(snapshot, keyFor('a', 'c'), sources()).data.map(({ id }) => id)).toEqual(['a']);
    expect(findModel(snapshot, keyFor('a'), 'b', sources())).toBeNull();
    expect(findModel(snapshot, key, 'c', sources())).toBeNull();
  });
});

describe('GET /v1beta/models', () => {
  const snapshot = snapshotOf([{}]);
  const known = sources({ e0: [told, plainListing('text-embedding-3-small'), plainListing('tts-1')] });

  it('lists what can be asked in this dialect', () => {
    expect(listGeminiModels(snapshot, key, known)).toEqual({
      models: [
        {
          name: 'models/text-embedding-3-small',
          displayName: 'text-embedding-3-small',
          supportedGenerationMethods: ['embedContent', 'batchEmbedContents'],
        },
        {
          name: 'models/vendor/big',
          displayName: 'Big Model',
          inputTokenLimit: 100_000,
          outputTokenLimit: 8_000,
          supportedGenerationMethods: ['generateContent', 'streamGenerateContent', 'countTokens'],
          thinking: true,
        },
      ],
    });
  });

  it('finds one by either spelling', () => {
    expect(findGeminiModel(snapshot, key, 'models/vendor/big', known)?.name).toBe('models/vendor/big');
    expect(findGeminiModel(snapshot, key, 'vendor/big', known)?.name).toBe('models/vendor/big');
    expect(findGeminiModel(snapshot, key, 'tts-1', known)).toBeNull();
    expect(findGeminiModel(snapshot, key, 'nobody', known)).toBeNull();
    expect(findGeminiModel(snapshot, keyFor('x'), 'vendor/big', known)).toBeNull();
  });
});
