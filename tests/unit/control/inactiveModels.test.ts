import { describe, expect, it } from 'vitest';
import { plainListing } from '../../../main/contract/modelListing.ts';
import { settingsSchema } from '../../../main/contract/schemas/settings.ts';
import type { AccountView } from '../../../main/contract/schemas/views.ts';
import { inactiveNames } from '../../../main/control/views/inactiveModels.ts';
import { modelViews } from '../../../main/control/views/modelViews.ts';
import type { AccountReading } from '../../../main/guards/accountStates.ts';
import { createModelLists } from '../../../main/registry/modelLists.ts';
import { account, compiled, previewOf, ready } from './samples.ts';

const hold = (model: string, reason: string, state: 'missing' | 'cooling' = 'missing') => ({
  model,
  state,
  until: null,
  reason,
});
const holder = (...holds: AccountView['holds']) => ({ enabled: true, holds });

describe('names that an endpoint can’t serve now', () => {
  const modelMapping = { 'gpt-4o': 'old-4o', sonnet: 'new-sonnet', mine: 'byoi-1', 'claude-*': 'gone-*' };
  const ondemand = compiled({ kind: 'ondemand', modelMapping });
  const names = (...given: Parameters<typeof inactiveNames>) =>
    inactiveNames(...given).map(({ name }) => name);

  it('are those on-demand.io does not list, but for models of the user’s own', () => {
    expect(inactiveNames(ondemand, ['new-sonnet'], [holder()])).toEqual([
      { name: 'gpt-4o', upstreamModel: 'old-4o', reason: null },
    ]);
  });

  it('are not known before its list is, nor from a list without anything', () => {
    expect(names(ondemand, null, [holder()])).toEqual([]);
    expect(names(ondemand, [], [holder()])).toEqual([]);
  });

  it('of other kinds need not be listed', () => {
    expect(names(compiled({ modelMapping }), ['new-sonnet'], [holder()])).toEqual([]);
  });

  it('carry the words of the upstream that refused them', () => {
    const told = holder(hold('old-4o', 'endpointId old-4o is not active'));
    expect(inactiveNames(ondemand, ['new-sonnet'], [holder(), told])).toMatchObject([
      { name: 'gpt-4o', reason: 'endpointId old-4o is not active' },
    ]);
  });

  it('are refused by every account that is on; a model that only cools down is not gone', () => {
    const plain = compiled({ models: new Set(['m']) });
    const gone = holder(hold('m', 'no such model'));
    expect(names(plain, null, [gone, holder()])).toEqual([]);
    expect(names(plain, null, [gone, { enabled: false, holds: [] }])).toEqual(['m']);
    expect(names(plain, null, [holder(hold('m', 'slow down', 'cooling'))])).toEqual([]);
    expect(names(plain, null, [])).toEqual([]);
  });
});

it('the catalogue marks the routes that lead nowhere now', () => {
  const lists = createModelLists();
  lists.set('od', [plainListing('active')]);
  const endpoints = [
    compiled({ id: 'od', kind: 'ondemand', modelMapping: { fast: 'active', old: 'gone' } }),
    compiled({
      id: 'other',
      priority: 1,
      models: new Set(['old']),
      accounts: [account({ key: 'other/a1' })],
    }),
  ];
  const snapshot = {
    settings: settingsSchema.parse({}),
    networkProxy: null,
    endpoints,
    clientKeys: [],
    clientKeyByHash: new Map(),
    clientKeyByOldHash: new Map(),
  };
  const read = ({ key }: { key: string }): AccountReading =>
    key === 'other/a1' ? { ...ready, holds: [hold('new', 'n/a')] } : ready;
  const facts = () => ({
    inputUsdPerMTok: null,
    outputUsdPerMTok: null,
    cachedInputUsdPerMTok: null,
    contextTokens: null,
  });
  const routes = Object.fromEntries(
    modelViews(snapshot, {
      modelLists: lists,
      modelFacts: facts,
      previewRoute: previewOf(lists),
      read,
    }).map((view) => [view.id, view.routes.map(({ endpointId, inactive }) => [endpointId, inactive])]),
  );
  expect(routes).toEqual({
    active: [['od', false]],
    fast: [['od', false]],
    old: [
      ['od', true],
      ['other', false],
    ],
  });
});
