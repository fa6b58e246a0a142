import { describe, expect, it } from 'vitest';
import { clientKeySchema } from '../../../main/contract/schemas/clientKey.ts';
import { demoBaseUrl, endpointSchema } from '../../../main/contract/schemas/endpoint.ts';
import { settingsSchema } from '../../../main/contract/schemas/settings.ts';
import type { UsageTotals } from '../../../main/contract/schemas/usage.ts';
import {
  clientKeyViewSchema,
  endpointViewSchema,
  settingsViewSchema,
} from '../../../main/contract/schemas/views.ts';
import { accountView } from '../../../main/control/views/accountView.ts';
import { clientKeyView } from '../../../main/control/views/clientKeyView.ts';
import { type EndpointFacts, endpointView, endpointViews } from '../../../main/control/views/endpointView.ts';
import { secretView } from '../../../main/control/views/secretView.ts';
import { settingsView } from '../../../main/control/views/settingsView.ts';
import { withNames } from '../../../main/control/views/usageNames.ts';
import type { AccountReading } from '../../../main/guards/accountStates.ts';
import type { CompiledEndpoint, Credential, Snapshot } from '../../../main/registry/snapshot.ts';
import { account, compiled, noLimits, noUsage, ready } from './samples.ts';

const stored: Credential = { state: 'ready', source: 'vault', secret: 'sk-planted-0123456789abcd' };
const quiet: EndpointFacts = {
  read: () => ready,
  modelList: () => null,
  quotaDay: { startsAt: 0, endsAt: 86_400_000 },
};

function snapshot(endpoints: CompiledEndpoint[], values: Partial<Snapshot> = {}): Snapshot {
  const settings = settingsSchema.parse({
    endpoints: endpoints.map(({ id, baseUrl, priority }) => ({ id, baseUrl, priority })),
  });
  return {
    settings,
    networkProxy: null,
    endpoints,
    clientKeys: [],
    clientKeyByHash: new Map(),
    clientKeyByOldHash: new Map(),
    ...values,
  };
}

describe('a secret', () => {
  it('shows its last four characters and no more', () => {
    expect(secretView(stored)).toEqual({ source: 'vault', mask: '••abcd', state: 'ready', reason: null });
    expect(JSON.stringify(secretView({ ...stored, secret: 'short' }))).not.toContain('hort');
  });

  it('says why it cannot be read', () => {
    expect(secretView({ state: 'missing', source: 'env', reason: 'KEY is not set' })).toEqual({
      source: 'env',
      mask: null,
      state: 'missing',
      reason: 'KEY is not set',
    });
    expect(secretView({ state: 'none' }).state).toBe('none');
  });
});

describe('an account', () => {
  const cooling: AccountReading = { ...ready, state: 'cooling', until: 5, reason: 'slow down' };
  const states = (endpoint: Partial<CompiledEndpoint>, own: Parameters<typeof account>[0]) => {
    const view = accountView(compiled(endpoint), account(own), null, cooling);
    return [view.state, view.until, view.reason];
  };

  it('is off where it or its endpoint is, whatever happened to it', () => {
    expect(states({}, { enabled: false })).toEqual(['off', null, null]);
    expect(states({ enabled: false }, {})).toEqual(['off', null, null]);
  });

  it('is locked or missing before it is anything else', () => {
    const credential: Credential = { state: 'locked', source: 'vault', reason: 'the keychain is locked' };
    expect(states({}, { credential })).toEqual(['locked', null, 'the keychain is locked']);
    expect(states({}, { credential: { ...credential, state: 'missing' } })[0]).toBe('missing');
  });

  it('with a login shows its address, and not a letter of its password', () => {
    const view = accountView(
      compiled({ kind: 'ondemand' }),
      account({ email: 'me@example.com', credential: stored }),
      null,
      ready,
    );
    expect(view).toMatchObject({ email: 'me@example.com', secret: { mask: '••', state: 'ready' } });
  });

  it('else stands as its guards say', () => {
    expect(states({}, { credential: stored })).toEqual(['cooling', 5, 'slow down']);
  });
});

describe('an endpoint', () => {
  const written = endpointSchema.parse({
    id: 'e',
    baseUrl: 'https://api.example.com/v1',
    accounts: [
      { id: 'a1', secret: { vault: 'account/e/a1' }, limits: { rpm: 3 } },
      { id: 'a2', secret: { vault: 'account/e/a2' } },
    ],
    apiKey: 'sk-misplaced-by-hand-0123',
    headers: {
      Authorization: 'Bearer sk-header-0123456789',
      'X-Team': 'blue',
      'X-Code': { vault: 'header/e/x' },
    },
    proxy: 'http://me:proxypass@127.0.0.1:8080',
    options: { apiVersion: '2024-10-21', apiKey: 'sk-option-0123456789' },
  });
  const both = compiled({
    accounts: [
      account({ credential: stored }),
      account({ key: 'e/a2', id: 'a2', credential: { ...stored, secret: 'sk-second-0123456789wxyz' } }),
    ],
  });

  it('fits the contract and holds no credential, wherever the user put it', () => {
    const view = endpointViewSchema.parse(endpointView(written, both, quiet));
    const text = JSON.stringify(view);
    for (const secret of [
      'planted',
      'second-',
      'misplaced',
      'sk-header',
      'proxypass',
      'sk-option',
      'account/e',
      'header/e',
    ])
      expect(text).not.toContain(secret);
    expect(view.headers).toEqual({ Authorization: '••', 'X-Team': 'blue', 'X-Code': '••' });
    expect(view.options.apiVersion).toBe('2024-10-21');
    expect(view.proxy).toBe('http://me:••@127.0.0.1:8080');
    expect(view.accounts.map(({ secret }) => secret.mask)).toEqual(['••abcd', '••wxyz']);
    expect(view.accounts[0]?.limits).toEqual({ rpm: 3 });
  });

  it.each<[health: string, states: (boolean | AccountReading['state'])[], enabled: boolean]>([
    ['ready', ['ready', 'ready'], true],
    ['partial', ['ready', 'cooling'], true],
    ['down', ['refused', 'limited'], true],
    ['ready', ['ready', false], true],
    ['down', [false, false], true],
    ['off', ['ready', 'ready'], false],
  ])('is %s with accounts %j and enabled=%s', (health, states, enabled) => {
    const accounts = states.map((state, index) =>
      account({ key: `e/a${index}`, id: `a${index}`, enabled: state !== false }),
    );
    const read: EndpointFacts['read'] = ({ key }) => {
      const state = states[Number(key.at(-1))];
      return { ...ready, state: typeof state === 'string' ? state : 'ready' };
    };
    const view = endpointView({ ...written, enabled }, compiled({ accounts, enabled }), { ...quiet, read });
    expect(view.health).toBe(health);
  });

  it('serves its own list only where the settings name no model', () => {
    const asked: EndpointFacts = { ...quiet, modelList: () => ['from-upstream'] };
    expect(endpointView(written, both, quiet)).toMatchObject({ modelsFrom: 'unknown', servedModels: [] });
    expect(endpointView(written, both, asked)).toMatchObject({
      modelsFrom: 'upstream',
      servedModels: ['from-upstream'],
    });
    expect(endpointView(written, compiled({ ...both, models: new Set(['m']) }), asked)).toMatchObject({
      modelsFrom: 'settings',
      servedModels: ['m'],
    });
  });

  it('without accounts shows the one it runs on', () => {
    const keyless = endpointSchema.parse({ id: 'e', baseUrl: demoBaseUrl });
    const view = endpointView(
      keyless,
      compiled({ accounts: [account({ id: 'none', key: 'e/none' })] }),
      quiet,
    );
    expect(view.isDemo).toBe(true);
    expect(view.accounts).toMatchObject([{ id: 'none', state: 'ready', secret: { source: 'none' } }]);
  });

  it('stands in the list by priority, then as written', () => {
    const ids = [
      ['late', 5],
      ['first', 0],
      ['second', 0],
    ] as const;
    const endpoints = ids.map(([id, priority]) => compiled({ id, priority }));
    expect(endpointViews(snapshot(endpoints), quiet).map(({ id }) => id)).toEqual([
      'first',
      'second',
      'late',
    ]);
  });
});

describe('a client key', () => {
  const key = {
    id: 'k',
    name: 'Laptop',
    credential: stored,
    enabled: true,
    models: ['*'],
    limits: noLimits,
    budgetUsdPerDay: 2,
    expiresAt: Date.UTC(2030, 0, 1),
    previous: null,
  };

  it('fits the contract and shows a mask only', () => {
    const written = clientKeySchema.parse({ id: 'k', secret: stored.secret, unseen: true });
    const agent = { firstUsedAt: null, requestsToday: 1 };
    const agents = [
      { ...agent, userAgent: 'Sluice-Test', lastUsedAt: 12 },
      { ...agent, userAgent: 'curl/8.5.0', lastUsedAt: 9 },
    ];
    const oldSecretAgents = agents.map((use, index) => ({ ...use, lastUsedAt: 20 - index * 15 }));
    const activity = { clientKeyId: 'k', agents, oldSecretAgents, hours: [0, 3], requestsToday: 4 };
    const previous = { credential: key.credential, since: 10, until: 100 };
    const view = clientKeyView(
      { ...key, previous },
      written,
      { usage: noUsage, spentUsdToday: 1.5 },
      activity,
      99,
    );
    expect(clientKeyViewSchema.parse(view)).toEqual(view);
    expect(JSON.stringify(view)).not.toContain('planted');
    expect(view).toMatchObject({ unseen: true, spentUsdToday: 1.5, lastUsedAt: 9 });
    expect(view.agents.map(({ userAgent }) => userAgent)).toEqual(['curl/8.5.0']);
    expect(view).toMatchObject({ hours: [0, 3], requestsToday: 4 });
    // Who came before the secret was replaced does not tell of who still uses it.
    expect(view.previous).toMatchObject({ until: 100, agents: [{ lastUsedAt: 20 }] });
    const over = clientKeyView(
      { ...key, previous },
      written,
      { usage: noUsage, spentUsdToday: 0 },
      activity,
      100,
    );
    expect(over.previous).toBeNull();
  });

  it('from the environment needs no line in the file', () => {
    const view = clientKeyView(key, null, { usage: noUsage, spentUsdToday: 0 }, null, 0);
    expect(view).toMatchObject({ unseen: false, lastUsedAt: null, expiresAt: '2030-01-01T00:00:00.000Z' });
  });
});

describe('the settings', () => {
  it('show the known fields of their sections and nothing else', () => {
    const settings = settingsSchema.parse({
      apiKey: 'sk-stray-0123456789',
      server: { port: 9, token: 'sk-stray-0123456789' },
      endpoints: [
        { id: 'e', baseUrl: 'https://e.test', accounts: [{ id: 'a1', secret: 'sk-stray-0123456789' }] },
      ],
    });
    const view = settingsView(settings);
    expect(settingsViewSchema.parse(view)).toEqual(view);
    expect(JSON.stringify(view)).not.toContain('stray');
    expect(Object.keys(view).sort()).toEqual(
      ['network', 'routing', 'server', 'timeouts', 'ui', 'usage', 'version'].sort(),
    );
    expect(view.server.port).toBe(9);
  });
});

describe('usage', () => {
  it('carries the names of today, and ids where the thing is gone', () => {
    const totals: UsageTotals = {
      requests: 1,
      errors: 0,
      cancelled: 0,
      inputTokens: 0,
      outputTokens: 0,
      cachedTokens: 0,
      reasoningTokens: 0,
      estimated: 0,
      costUsd: 0,
      unpriced: 0,
      firstTokenMs: null,
    };
    const row = (key: string) => ({ ...totals, key, name: key });
    const endpoints = [
      compiled({ name: 'OpenAI', accounts: [account({ name: 'main' }), account({ key: 'e/a2', id: 'a2' })] }),
      compiled({ id: 'o', name: 'Ollama', accounts: [account({ key: 'o/none', id: 'none' })] }),
    ];
    const clientKeys = [
      {
        id: 'k',
        name: 'Laptop',
        credential: stored,
        enabled: true,
        models: [],
        limits: noLimits,
        budgetUsdPerDay: null,
        expiresAt: null,
        previous: null,
      },
    ];
    const named = withNames(
      {
        span: '24h',
        totals,
        comparison: null,
        today: totals,
        byModel: [row('gpt-4o')],
        byEndpoint: [row('e'), row('gone'), row('lost')],
        byAccount: ['e/a1', 'e/a2', 'o/none', 'e/a9', 'gone/a1', 'e/a8', 'lost/a1', 'lost/none'].map(row),
        byClientKey: [row('k'), row('old'), row('phone')],
      },
      snapshot(endpoints, { clientKeys }),
      [
        { kind: 'endpoint', id: 'lost', name: 'Lost' },
        { kind: 'account', id: 'e/a8', name: 'second' },
        { kind: 'clientKey', id: 'phone', name: 'Phone' },
        { kind: 'clientKey', id: 'k', name: 'an older name' },
      ],
    );
    const names = (rows: { name: string }[]) => rows.map(({ name }) => name);
    expect(names(named.byEndpoint)).toEqual(['OpenAI', 'gone', 'Lost']);
    const accounts = ['OpenAI · main', 'OpenAI · a2', 'Ollama', 'OpenAI · a9', 'gone · a1'];
    const removed = ['OpenAI · second', 'Lost · a1', 'Lost'];
    expect(names(named.byAccount)).toEqual([...accounts, ...removed]);
    expect(named.byAccount.flatMap(({ name, gone }) => (gone ? [name] : []))).toEqual(removed);
    expect(named.byEndpoint.map(({ gone }) => gone === true)).toEqual([false, false, true]);
    expect(names(named.byClientKey)).toEqual(['Laptop', 'old', 'Phone']);
    expect(names(named.byModel)).toEqual(['gpt-4o']);
  });
});
