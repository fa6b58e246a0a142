import { describe, expect, test } from 'vitest';
import type { ModelRoute, ModelView } from '../../../main/contract/schemas/models.ts';
import type { Why } from '../../../main/contract/schemas/record.ts';
import { aliasChanges, aliasRows, withTarget } from '../../../renderer/pages/models/aliasRows.ts';
import { filterModels } from '../../../renderer/pages/models/modelFilter.ts';
import { modelOfPath, modelPath } from '../../../renderer/pages/models/modelPath.ts';
import { routeTone } from '../../../renderer/pages/models/modelTone.ts';
import { valuesOfOverride, withOverride } from '../../../renderer/pages/models/overrideForm.ts';
import { isChosenByStrategy, previewSteps } from '../../../renderer/pages/models/previewSteps.ts';

const route = (endpointId: string, upstreamModel: string): ModelRoute => ({
  endpointId,
  upstreamModel,
  inactive: false,
  state: 'ready',
  why: null,
  until: null,
});

const model = (id: string, ...routes: ModelRoute[]): ModelView => ({
  id,
  routes,
  use: 'chat',
  abilities: null,
  contextTokens: null,
  inputUsdPerMTok: null,
  outputUsdPerMTok: null,
});

describe('the search for models', () => {
  const models = [
    model('fast', route('a', 'openai/GPT-4o-mini'), route('b', 'qwen3')),
    model('gpt-4o', route('a', 'gpt-4o')),
  ];
  const found = (text: string, endpointId: string | null = null) =>
    filterModels(models, { text, endpointId }).map(({ id }) => id);

  test('finds a name by what an endpoint calls it, by all words, in any case', () => {
    expect(found('')).toEqual(['fast', 'gpt-4o']);
    expect(found('gpt 4O')).toEqual(['fast', 'gpt-4o']);
    expect(found('mini gpt')).toEqual(['fast']);
    expect(found('claude')).toEqual([]);
  });

  test('looks at the chosen endpoint alone', () => {
    expect(found('', 'b')).toEqual(['fast']);
    expect(found('mini', 'b')).toEqual([]);
  });
});

test.each(['gpt-4o', 'openai/gpt-4o:free', '@cf/meta/llama?x#y', '50% off', '模型'])(
  'the address of %s leads back to it',
  (id) => {
    // The router takes what stands behind the hash and decodes it once.
    const rest = decodeURI(modelPath(id)).slice('/models/'.length);
    expect(modelOfPath(rest)).toBe(id);
  },
);

describe('the aliases of a name', () => {
  const mapping = { fast: 'gpt-4o-mini', 'gpt-*': 'gpt-4o', other: 'qwen', small: 'gpt-4o-mini' };

  test('are what catches it, and what leads to the same model', () => {
    expect(aliasRows(mapping, 'fast', 'gpt-4o-mini').map(({ from }) => from)).toEqual(['fast', 'small']);
    expect(aliasRows(mapping, 'gpt-5', 'gpt-4o').map(({ from }) => from)).toEqual(['gpt-*']);
    expect(aliasRows(mapping, 'nothing', null)).toEqual([]);
  });

  test('change one by one: what is not shown is not touched', () => {
    const before = aliasRows(mapping, 'fast', 'gpt-4o-mini');
    const added = withTarget([...before, { from: '', to: '' }], 'gpt-4o-mini');
    expect(added.at(-1)).toEqual({ from: '', to: 'gpt-4o-mini' });
    expect(aliasChanges(before, added)).toEqual({});
    const after = [
      { from: 'quick', to: 'gpt-4o-mini' },
      { from: 'small', to: 'gpt-4.1-mini' },
    ];
    expect(aliasChanges(before, after)).toEqual({
      fast: null,
      quick: 'gpt-4o-mini',
      small: 'gpt-4.1-mini',
    });
  });
});

test('an override keeps what the form does not show, and goes when nothing is left', () => {
  const overrides = { a: { inputUsdPerMTok: 1, cachedInputUsdPerMTok: 0.1 }, b: { contextTokens: 5 } };
  expect(valuesOfOverride(overrides.a)).toEqual({
    inputUsdPerMTok: 1,
    outputUsdPerMTok: '',
    contextTokens: '',
  });
  const nothing = valuesOfOverride(undefined);
  expect(withOverride(overrides, 'a', { ...nothing, outputUsdPerMTok: 0 })).toEqual({
    a: { cachedInputUsdPerMTok: 0.1, outputUsdPerMTok: 0 },
    b: { contextTokens: 5 },
  });
  expect(withOverride(overrides, 'b', nothing)).toEqual({ a: overrides.a });
});

test('a plan is read by endpoint, and says where the strategy chooses', () => {
  const candidate = (endpointId: string, accountId: string, priority = 0, held: Why | null = null) => ({
    endpointId,
    accountId,
    upstreamModel: 'm',
    priority,
    held,
  });
  const candidates = [
    candidate('a', '1'),
    candidate('a', '2'),
    candidate('b', '1', 1),
    candidate('a', '3', 0, { code: 'open', facts: {}, reason: 'circuit open: 500' }),
  ];
  expect(previewSteps(candidates).map(({ endpointId, accountIds }) => [endpointId, accountIds])).toEqual([
    ['a', ['1', '2']],
    ['b', ['1']],
    ['a', ['3']],
  ]);
  expect(isChosenByStrategy({ candidates })).toBe(true);
  expect(isChosenByStrategy({ candidates: candidates.slice(1) })).toBe(false);
  expect(isChosenByStrategy({ candidates: [] })).toBe(false);
});

test('an inactive model is bad wherever it is switched on', () => {
  expect(routeTone({ state: 'ready', inactive: true })).toBe('bad');
  expect(routeTone({ state: 'off', inactive: true })).toBe('off');
  expect(routeTone({ state: 'waiting', inactive: false })).toBe('wait');
});
