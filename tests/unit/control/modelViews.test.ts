import { describe, expect, it } from 'vitest';
import { type ModelListing, plainListing } from '../../../main/contract/modelListing.ts';
import { modelPreviewSchema, modelViewSchema } from '../../../main/contract/schemas/models.ts';
import { type SettingsInput, settingsSchema } from '../../../main/contract/schemas/settings.ts';
import { modelPreview } from '../../../main/control/views/modelPreview.ts';
import { modelViews } from '../../../main/control/views/modelViews.ts';
import type { Unavailable } from '../../../main/guards/accountHealth.ts';
import type { ModelOverrides } from '../../../main/registry/modelFacts.ts';
import { createModelLists } from '../../../main/registry/modelLists.ts';
import type { CompiledEndpoint, Snapshot } from '../../../main/registry/snapshot.ts';
import { account, compiled, previewOf, ready } from './samples.ts';

function snapshot(endpoints: CompiledEndpoint[], settings: SettingsInput = {}): Snapshot {
  return {
    settings: settingsSchema.parse(settings),
    networkProxy: null,
    endpoints,
    clientKeys: [],
    clientKeyByHash: new Map(),
    clientKeyByOldHash: new Map(),
  };
}

/** The data knows `gpt-4o` alone; the user's word comes before it. */
function facts(upstreamModel: string, overrides: ModelOverrides = {}) {
  const known = upstreamModel === 'gpt-4o';
  return {
    inputUsdPerMTok: overrides[upstreamModel]?.inputUsdPerMTok ?? (known ? 2.5 : null),
    outputUsdPerMTok: known ? 10 : null,
    cachedInputUsdPerMTok: null,
    contextTokens: known ? 128_000 : null,
  };
}

interface Given {
  endpoints: CompiledEndpoint[];
  settings?: SettingsInput;
  lists?: Record<string, (string | ModelListing)[]>;
  held?: (accountKey: string, model: string) => Unavailable | null;
}

function catalogue({ endpoints, settings, lists = {}, held }: Given) {
  const modelLists = createModelLists();
  for (const [id, models] of Object.entries(lists))
    modelLists.set(
      id,
      models.map((model) => (typeof model === 'string' ? plainListing(model) : model)),
    );
  return modelViews(snapshot(endpoints, settings), {
    modelLists,
    modelFacts: facts,
    previewRoute: previewOf(modelLists, held),
    read: () => ready,
  });
}

const one = (id: string, values: Partial<CompiledEndpoint> = {}) =>
  compiled({ id, accounts: [account({ key: `${id}/a1` })], ...values });

describe('the catalogue', () => {
  it('names what can be asked for, with the routes in the order they are tried', () => {
    const views = catalogue({
      endpoints: [
        one('second', { priority: 1, modelMapping: { 'claude-*': 'anthropic/claude-*' } }),
        one('first', {
          models: new Set(['gpt-4o', 'claude-9']),
          modelMapping: { 'gpt-4': 'gpt-4o', __proto__x: 'y' },
        }),
        one('off', { enabled: false }),
      ],
      lists: { second: ['gpt-4o', 'o3'], off: ['hidden', 'o3'] },
    });
    expect(views.map(({ id }) => id)).toEqual(['__proto__x', 'claude-9', 'gpt-4', 'gpt-4o', 'o3']);
    for (const view of views) expect(modelViewSchema.parse(view)).toEqual(view);
    const routes = Object.fromEntries(
      views.map(({ id, routes }) => [
        id,
        routes.map(({ endpointId, upstreamModel, state }) => [endpointId, upstreamModel, state]),
      ]),
    );
    expect(routes).toMatchObject({
      'gpt-4': [['first', 'gpt-4o', 'ready']],
      'gpt-4o': [
        ['first', 'gpt-4o', 'ready'],
        ['second', 'gpt-4o', 'ready'],
      ],
      'claude-9': [
        ['first', 'claude-9', 'ready'],
        ['second', 'anthropic/claude-9', 'ready'],
      ],
      o3: [
        ['second', 'o3', 'ready'],
        ['off', 'o3', 'off'],
      ],
    });
  });

  it('puts behind what cannot be tried now, each with its reason and its end', () => {
    const holds: Record<string, Unavailable> = {
      'cool/a1': { state: 'cooling', until: 9, reason: 'slow down', lastResort: false },
      'refused/a1': { state: 'refused', until: null, reason: 'bad key', lastResort: false },
      'open/a1': { state: 'open', until: 5, reason: '500', lastResort: true },
    };
    const models = new Set(['m']);
    const [view] = catalogue({
      endpoints: [
        one('cool', { models }),
        one('refused', { models, priority: 1 }),
        one('open', { models, priority: 2 }),
        one('keyless', { models, priority: 3, accounts: [account({ key: 'k/a1', enabled: false })] }),
        one('fine', { models, priority: 4 }),
      ],
      held: (key) => holds[key] ?? null,
    });
    expect(
      view?.routes.map(({ endpointId, state, why, until }) => [
        endpointId,
        state,
        why?.reason ?? null,
        until,
      ]),
    ).toEqual([
      ['fine', 'ready', null, null],
      ['open', 'last', 'circuit open: 500', null],
      ['cool', 'waiting', 'cooling down: slow down', 9],
      ['refused', 'down', 'credential refused: bad key', null],
      ['keyless', 'off', null, null],
    ]);
  });

  it('puts last who has the name and leaves it out, and does not name what nobody serves', () => {
    const views = catalogue({
      endpoints: [
        one('out', { excludedModels: ['o*'] }),
        one('in', { priority: 1, enabled: true }),
        one('unknown', { excludedModels: ['o3'] }),
      ],
      lists: { out: ['o1', 'o3', 'gpt-4o'], in: ['o3'] },
    });
    expect(views.map(({ id }) => id)).toEqual(['gpt-4o', 'o3']);
    expect(views[1]?.routes).toMatchObject([
      { endpointId: 'in', state: 'ready' },
      { endpointId: 'out', state: 'off', why: { code: 'excluded', facts: { pattern: 'o*' } } },
    ]);
    for (const view of views) expect(modelViewSchema.parse(view)).toEqual(view);
  });

  it('does not list for every name an endpoint whose own names nobody knows yet', () => {
    const views = catalogue({ endpoints: [one('known', { models: new Set(['m']) }), one('unknown')] });
    expect(views.map(({ id, routes }) => [id, routes.length])).toEqual([['m', 1]]);
  });

  it('takes what is known of the first route’s model, the user’s word first', () => {
    const listed = { ...plainListing('vision'), inputModalities: ['text', 'image'], contextTokens: 9_000 };
    const tooled = { ...plainListing('thinker'), supportedParameters: ['tools', 'reasoning', 'seed'] };
    const views = catalogue({
      endpoints: [one('e', { modelMapping: { alias: 'gpt-4o' } })],
      lists: { e: ['gpt-4o', 'text-embedding-3-small', 'mystery', listed, tooled] },
      settings: { usage: { modelOverrides: { 'gpt-4o': { inputUsdPerMTok: 1, contextTokens: 64_000 } } } },
    });
    const of = (id: string) => views.find((view) => view.id === id);
    expect(of('alias')).toMatchObject({
      contextTokens: 64_000,
      inputUsdPerMTok: 1,
      outputUsdPerMTok: 10,
      use: 'chat',
      abilities: ['image', 'tools'],
    });
    expect(of('vision')).toMatchObject({ contextTokens: 9_000, abilities: ['image'] });
    expect(of('thinker')?.abilities).toEqual(['tools', 'reasoning']);
    expect(of('mystery')).toMatchObject({ abilities: null, contextTokens: null, inputUsdPerMTok: null });
    expect(of('text-embedding-3-small')?.use).toBe('embeddings');
  });
});

describe('a preview', () => {
  const preview = (endpoints: CompiledEndpoint[], model: string, settings?: SettingsInput) => {
    const lists = createModelLists();
    return modelPreview(snapshot(endpoints, settings), model, previewOf(lists), facts);
  };

  it('is routing’s plan, with each one passed over', () => {
    const models = new Set(['m']);
    const answer = preview(
      [one('off', { models, enabled: false }), one('on', { modelMapping: { m: 'gpt-4o' }, priority: 1 })],
      'm',
      {
        routing: { strategy: 'weighted', maxAttempts: 2 },
        usage: { modelOverrides: { 'gpt-4o': { inputUsdPerMTok: 1 } } },
      },
    );
    expect(modelPreviewSchema.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({
      strategy: 'weighted',
      maxAttempts: 2,
      candidates: [{ endpointId: 'on', accountId: 'a1', upstreamModel: 'gpt-4o', priority: 1, held: null }],
      skipped: [{ endpointId: 'off', code: 'endpoint-off', reason: 'endpoint is switched off' }],
    });
    // What the data says, so that a window can show what an override replaces.
    expect(answer.known.find(({ upstreamModel }) => upstreamModel === 'gpt-4o')?.inputUsdPerMTok).toBe(2.5);
  });

  it('says the same each time, the heavier first', () => {
    const models = new Set(['m']);
    const endpoints = [one('light', { models }), one('heavy', { models, weight: 5 })];
    const orders = [1, 2, 3].map(() =>
      preview(endpoints, 'm', { routing: { strategy: 'weighted' } }).candidates.map(
        ({ endpointId }) => endpointId,
      ),
    );
    expect(orders).toEqual([
      ['heavy', 'light'],
      ['heavy', 'light'],
      ['heavy', 'light'],
    ]);
  });

  it('is empty where nobody serves the name', () => {
    expect(preview([one('e', { models: new Set(['m']) })], 'other')).toMatchObject({
      candidates: [],
      skipped: [],
      known: [],
    });
  });
});
