import { describe, expect, it } from 'vitest';
import { plainListing } from '../../../main/contract/modelListing.ts';
import { normalSpending } from '../../../main/contract/normalSpending.ts';
import { type Endpoint, endpointSchema } from '../../../main/contract/schemas/endpoint.ts';
import { type Settings, type Strategy, settingsSchema } from '../../../main/contract/schemas/settings.ts';
import { compileSnapshot } from '../../../main/registry/compileSnapshot.ts';
import { createModelLists } from '../../../main/registry/modelLists.ts';
import type { Snapshot } from '../../../main/registry/snapshot.ts';
import { type PlanReadings, planRoute } from '../../../main/routing/planRoute.ts';
import { leftOutSkips, listModelNames, resolveModel } from '../../../main/routing/resolveModel.ts';

function snapshotOf(endpoints: Partial<Endpoint>[]): Snapshot {
  const settings: Settings = settingsSchema.parse({
    endpoints: endpoints.map((endpoint, index) =>
      endpointSchema.parse({ id: `e${index}`, baseUrl: 'http://127.0.0.1:1', models: ['m'], ...endpoint }),
    ),
  });
  return compileSnapshot(settings, () => ({ state: 'none' }));
}

const calm: PlanReadings = {
  unavailable: () => null,
  limit: () => null,
  inFlight: () => 0,
  latency: () => null,
  unsupported: () => null,
  spending: normalSpending,
};

/** A repeatable die. */
function dice(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

interface PlanOptions {
  strategy?: Strategy;
  readings?: Partial<PlanReadings>;
  preferred?: string | null;
  model?: string;
}

function planner(snapshot: Snapshot, options: PlanOptions = {}) {
  const random = dice();
  let turn = 0;
  return () =>
    planRoute({
      routes: resolveModel(snapshot, createModelLists(), options.model ?? 'm'),
      strategy: options.strategy ?? 'random',
      preferred: options.preferred ?? null,
      readings: { ...calm, ...options.readings },
      dice: { random, turn: () => turn++ },
    });
}

function shares(snapshot: Snapshot, options: PlanOptions = {}, rounds = 4_000): Record<string, number> {
  const plan = planner(snapshot, options);
  const counts: Record<string, number> = {};
  for (let round = 0; round < rounds; round++) {
    const key = plan().candidates[0]?.account.key ?? 'nobody';
    counts[key] = (counts[key] ?? 0) + 1 / rounds;
  }
  return counts;
}

const account = (id: string, weight = 1) => ({ id, name: '', enabled: true, weight, limits: {} });

describe('resolveModel', () => {
  it('goes where the name is served or mapped, and sends the mapped name', () => {
    const snapshot = snapshotOf([
      { models: ['gpt-4o'], modelMapping: { 'gpt-4': 'gpt-4o' } },
      { models: ['other'], modelMapping: { 'gpt-*': 'openai/gpt-*', 'gpt-4o*': 'best' } },
      { models: ['none'] },
    ]);
    const names = (name: string) =>
      resolveModel(snapshot, createModelLists(), name).map(({ endpoint, upstreamModel }) => [
        endpoint.id,
        upstreamModel,
      ]);
    expect(names('gpt-4')).toEqual([
      ['e0', 'gpt-4o'],
      ['e1', 'openai/gpt-4'],
    ]);
    expect(names('gpt-4o-mini')).toEqual([['e1', 'best']]);
    expect(names('nobody')).toEqual([]);
    expect(names('constructor')).toEqual([]);
    expect(names('__proto__')).toEqual([]);
  });

  it('trusts a learned list, and the endpoint itself while there is none', () => {
    const snapshot = snapshotOf([{ models: [] }]);
    const lists = createModelLists();
    expect(resolveModel(snapshot, lists, 'x')).toHaveLength(1);
    lists.set('e0', [plainListing('y')]);
    expect(resolveModel(snapshot, lists, 'x')).toHaveLength(0);
    expect(resolveModel(snapshot, lists, 'y')).toHaveLength(1);
    expect(listModelNames(snapshot, lists)).toEqual(['y']);
  });

  it('leaves out what the endpoint is not to serve, but for what a mapping names', () => {
    const snapshot = snapshotOf([
      { models: ['!*-preview', '!o1'], modelMapping: { 'o1-preview': 'o1' } },
      { models: ['o1', 'o3', '!o3'] },
      { models: ['!o1'], enabled: false },
    ]);
    const lists = createModelLists();
    const at = (name: string) => resolveModel(snapshot, lists, name).map(({ endpoint }) => endpoint.id);
    expect(at('o1')).toEqual(['e1']);
    expect(at('o3')).toEqual(['e0', 'e2']);
    expect(at('o1-preview')).toEqual(['e0', 'e2']);
    expect(leftOutSkips(snapshot, lists, 'o1')).toMatchObject([
      { endpointId: 'e0', accountId: null, code: 'excluded', facts: { pattern: 'o1' } },
    ]);
    lists.set('e0', ['o1', 'o3', 'gpt-preview'].map(plainListing));
    expect(listModelNames(snapshot, lists)).toEqual(['o1', 'o1-preview', 'o3']);
    // An endpoint that does not have the name does not leave it out either.
    expect(leftOutSkips(snapshot, lists, 'x-preview')).toEqual([]);
    expect(leftOutSkips(snapshot, lists, 'gpt-preview').map(({ facts }) => facts.pattern)).toEqual([
      '*-preview',
    ]);
  });
});

describe('planRoute', () => {
  it('random: endpoints alike, whatever their number of accounts', () => {
    const snapshot = snapshotOf([
      { accounts: [account('a'), account('b'), account('c')] },
      { accounts: [account('d')] },
    ]);
    const found = shares(snapshot);
    expect(found['e1/d']).toBeCloseTo(0.5, 1);
    expect(found['e0/a']).toBeCloseTo(1 / 6, 1);
  });

  it('weighted: by the endpoint and then by the account', () => {
    const snapshot = snapshotOf([
      { weight: 3, accounts: [account('a', 2), account('b', 1)] },
      { weight: 1, accounts: [account('c')] },
    ]);
    const found = shares(snapshot, { strategy: 'weighted' });
    expect(found['e0/a']).toBeCloseTo(0.5, 1);
    expect(found['e0/b']).toBeCloseTo(0.25, 1);
    expect(found['e1/c']).toBeCloseTo(0.25, 1);
  });

  it('weight 0 comes last, but it comes', () => {
    const snapshot = snapshotOf([{ weight: 0 }, {}]);
    expect(
      planner(snapshot, { strategy: 'weighted' })().candidates.map(({ endpoint }) => endpoint.id),
    ).toEqual(['e1', 'e0']);
  });

  it('round-robin: each in turn', () => {
    const plan = planner(snapshotOf([{}, {}, {}]), { strategy: 'round-robin' });
    const first = Array.from({ length: 6 }, () => plan().candidates[0]?.endpoint.id);
    expect(first).toEqual(['e0', 'e1', 'e2', 'e0', 'e1', 'e2']);
  });

  it('least-busy: the one with the fewest running for its weight', () => {
    const busy: Record<string, number> = { e0: 4, e1: 1, e2: 2 };
    const readings = { inFlight: (one: { key: string }) => busy[one.key.split('/')[0] ?? ''] ?? 0 };
    expect(
      planner(snapshotOf([{}, {}, {}]), { strategy: 'least-busy', readings })().candidates[0]?.endpoint.id,
    ).toBe('e1');
    expect(
      planner(snapshotOf([{ weight: 9 }, {}, {}]), { strategy: 'least-busy', readings })().candidates[0]
        ?.endpoint.id,
    ).toBe('e0');
  });

  it('fastest: nearly always the quickest, unknown ones first', () => {
    const speed: Record<string, number | null> = { e0: 900, e1: 80, e2: 400 };
    const readings = { latency: (one: { key: string }) => speed[one.key.split('/')[0] ?? ''] ?? null };
    expect(shares(snapshotOf([{}, {}, {}]), { strategy: 'fastest', readings })['e1/none']).toBeGreaterThan(
      0.94,
    );
    speed.e0 = null;
    expect(shares(snapshotOf([{}, {}, {}]), { strategy: 'fastest', readings })['e0/none']).toBeGreaterThan(
      0.94,
    );
  });

  it.each(['random', 'round-robin', 'weighted', 'least-busy', 'fastest', 'priority'] as const)(
    '%s: lower priority numbers always come first',
    (strategy) => {
      const snapshot = snapshotOf([{ priority: 5 }, { priority: -1 }, { priority: 5 }]);
      const plan = planner(snapshot, { strategy });
      for (let round = 0; round < 50; round++) {
        const { candidates } = plan();
        expect(candidates.map(({ endpoint }) => endpoint.priority)).toEqual([-1, 5, 5]);
      }
    },
  );

  it('a conversation returns to its account, but not into a lower rank', () => {
    const snapshot = snapshotOf([{ accounts: [account('a'), account('b')] }, { priority: 1 }]);
    expect(shares(snapshot, { preferred: 'e0/b' }, 50)).toEqual({ 'e0/b': expect.closeTo(1) });
    expect(shares(snapshot, { preferred: 'e1/none' }, 50)['e1/none']).toBeUndefined();
  });

  it('says of everything passed over why, and when the first is back', () => {
    const snapshot = snapshotOf([
      { enabled: false },
      { accounts: [{ ...account('off'), enabled: false }, account('cool'), account('full')] },
    ]);
    const plan = planner(snapshot, {
      readings: {
        unavailable: (one) =>
          one.id === 'cool' ? { state: 'cooling', until: 9_000, reason: '429', lastResort: false } : null,
        limit: (one) => (one.id === 'full' ? { limit: 'rpm', allowed: 3, until: 5_000 } : null),
      },
    })();
    expect(plan.candidates).toEqual([]);
    expect(plan.backAt).toBe(5_000);
    expect(plan.skipped.map(({ accountId, reason }) => [accountId, reason])).toEqual([
      ['none', 'endpoint is switched off'],
      ['off', 'account is switched off'],
      ['cool', 'cooling down: 429'],
      ['full', 'limit rpm 3 reached'],
    ]);
  });

  it('keeps last resorts behind everything else', () => {
    const readings = {
      unavailable: (one: { key: string }) =>
        one.key.startsWith('e0')
          ? ({ state: 'open', until: 1, reason: 'x', lastResort: true } as const)
          : null,
    };
    const { candidates } = planner(snapshotOf([{}, { priority: 7 }]), { readings })();
    expect(candidates.map(({ endpoint, lastResort }) => [endpoint.id, lastResort])).toEqual([
      ['e1', false],
      ['e0', true],
    ]);
  });
});

describe('a spending mode', () => {
  const snapshot = snapshotOf([
    { free: true, priority: 3 },
    { accounts: [account('a'), account('b')] },
    { free: true, enabled: false },
  ]);
  const planned = (spending: PlanReadings['spending']) => {
    const plan = planner(snapshot, { readings: { spending } })();
    return {
      asked: plan.candidates.map(({ account }) => account.key),
      skipped: plan.skipped.map(({ endpointId, accountId, code }) => `${endpointId}/${accountId} ${code}`),
      backAt: plan.backAt,
    };
  };

  it('free: asks what costs nothing, whatever its priority', () => {
    expect(planned({ mode: 'free' })).toEqual({
      asked: ['e0/none'],
      skipped: ['e1/a not-free', 'e1/b not-free', 'e2/none endpoint-off'],
      backAt: null,
    });
  });

  it('endpoint: asks the one, and knows when the others are back', () => {
    const { asked, skipped, backAt } = planned({ mode: 'endpoint', endpointId: 'e1', until: 7_000 });
    expect(asked.sort()).toEqual(['e1/a', 'e1/b']);
    expect(skipped).toEqual(['e0/none not-chosen', 'e2/none endpoint-off']);
    expect(backAt).toBe(7_000);
  });

  it('paused: asks nobody', () => {
    const { asked, skipped, backAt } = planned({ mode: 'paused', until: null });
    expect(asked).toEqual([]);
    expect(skipped).toEqual(['e0/none paused', 'e1/a paused', 'e1/b paused', 'e2/none endpoint-off']);
    expect(backAt).toBeNull();
  });
});
