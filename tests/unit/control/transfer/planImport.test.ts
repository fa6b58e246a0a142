import { describe, expect, it } from 'vitest';
import { applyImport } from '../../../../main/control/transfer/applyImport.ts';
import { type Present, planImport } from '../../../../main/control/transfer/planImport.ts';
import { readIncoming } from '../../../../main/control/transfer/readIncoming.ts';
import { parseSettings } from '../../../../main/store/parseSettings.ts';

const settings = parseSettings({
  routing: { maxAttempts: 3 },
  endpoints: [
    {
      id: 'main',
      name: 'Main',
      baseUrl: 'https://api.main.test/v1',
      priority: 2,
      accounts: [{ id: 'a4', secret: { vault: 'account/main/a4' } }],
      models: ['x'],
      modelMapping: { fast: 'x' },
    },
  ],
});
const present: Present = {
  settings,
  networkProxy: null,
  past: { endpoints: [], accountsOf: () => [] },
  secretOf: (_endpoint, account) => (account === 'a4' ? 'known-key' : null),
};

const api = (name: string, baseUrl: string, apiKey: string, more: object = {}) => ({
  name,
  baseUrl,
  apiKey,
  ...more,
});
const incoming = (...apis: object[]) => readIncoming(JSON.stringify({ apis }), null);
const everything = { endpoints: {}, settings: true, clientKeys: true };

describe('a plan', () => {
  it('adds what is new, extends what is there, and leaves alone what brings nothing', async () => {
    const plan = planImport(
      present,
      await incoming(
        api('Main', 'https://API.main.test/', 'known-key', {
          models: ['x'],
          modelMapping: { fast: 'other' },
        }),
        api('Main', 'https://api.main.test', 'new-key', { models: ['x', 'y'], modelMapping: { slow: 'y' } }),
        api('Other', 'https://other.test', 'k'),
      ),
    );
    expect(plan.endpoints.map(({ proposed, existing, brings }) => [proposed, existing?.id, brings])).toEqual([
      ['skip', 'main', { accounts: 0, models: 0, mappings: 0 }],
      ['merge', 'main', { accounts: 1, models: 1, mappings: 1 }],
      ['add', undefined, { accounts: 0, models: 0, mappings: 0 }],
    ]);
    expect(JSON.stringify(plan)).not.toMatch(/known-key|new-key/);
  });

  it('asks for each secret that is there once, however many a file brings', async () => {
    const ids = Array.from({ length: 300 }, (_, index) => `a${index + 1}`);
    const accounts = ids.map((id) => ({ id, secret: { vault: `account/big/${id}` } }));
    const big = parseSettings({ endpoints: [{ id: 'big', baseUrl: 'https://big.test/v1', accounts }] });
    const asked: string[] = [];
    const held: Present = {
      ...present,
      settings: big,
      secretOf(_endpoint, account) {
        asked.push(account);
        return `key-of-${account}-in-a-pool`;
      },
    };
    const text = [...ids, 'a301'].map((id) => `key-of-${id}-in-a-pool`).join('\n');
    const plan = planImport(held, await readIncoming(text, null, big.endpoints[0]));
    expect(plan.endpoints).toMatchObject([{ brings: { accounts: 1 } }]);
    expect(asked).toEqual(ids);
  });

  it('knows the proxy it has by its password too', async () => {
    const proxy = 'http://a:word@h:1';
    const network = { proxy: { url: 'http://a@h:1', password: { vault: 'network/proxy' } } };
    const held = { ...present, settings: parseSettings({ network }), networkProxy: proxy };
    const file = (text: string) =>
      readIncoming(JSON.stringify({ endpoints: [], network: { proxy: text } }), null);
    expect(planImport(held, await file(proxy)).settings).toEqual([]);
    expect(planImport(held, await file('http://a:other@h:1')).settings).toEqual([
      { path: 'network.proxy', from: '"http://a:••@h:1"', to: '"http://a:••@h:1"' },
    ]);
  });

  it('names the settings that would change, credentials concealed', async () => {
    const file = JSON.stringify({
      endpoints: [],
      routing: { maxAttempts: 9, affinity: true },
      network: { proxy: 'http://a:word@h:1' },
    });
    const plan = planImport(present, await readIncoming(file, null));
    expect(plan.settings).toEqual([
      { path: 'network.proxy', from: 'null', to: '"http://a:••@h:1"' },
      { path: 'routing.maxAttempts', from: '3', to: '9' },
    ]);
  });
});

describe('an import', () => {
  it('adds to what is there and overwrites nothing', async () => {
    const draft = structuredClone(settings);
    const file = await incoming(
      api('Main', 'https://api.main.test', 'new-key', {
        models: ['y'],
        modelMapping: { fast: 'y', slow: 'y' },
      }),
      api('Main', 'https://third.test', 'k3'),
    );
    expect(applyImport(draft, present, file, everything)).toMatchObject({ added: 1, merged: 1 });
    expect(draft.endpoints[0]).toMatchObject({
      accounts: [
        { id: 'a4', secret: { vault: 'account/main/a4' } },
        { id: 'a5', secret: 'new-key' },
      ],
      models: ['x', 'y'],
      modelMapping: { fast: 'x', slow: 'y' },
    });
    expect(draft.endpoints[1]).toMatchObject({ id: 'main-2', priority: 3 });
  });

  it('takes the same key once, also where two entries of the file bring it', async () => {
    const draft = structuredClone(settings);
    const twice = api('Main', 'https://api.main.test', 'new-key');
    applyImport(draft, present, await incoming(twice, twice), everything);
    expect(draft.endpoints[0]?.accounts.map(({ id }) => id)).toEqual(['a4', 'a5']);
  });

  it('leaves off what was off, also where its keys join an endpoint that is on', async () => {
    const draft = structuredClone(settings);
    const off = await incoming(
      api('Main', 'https://api.main.test', 'new-key', { enabled: false }),
      api('Other', 'https://other.test', 'k', { enabled: false }),
    );
    expect(planImport(present, off).endpoints.map(({ enabled }) => enabled)).toEqual([false, false]);
    applyImport(draft, present, off, everything);
    expect(draft.endpoints[0]?.accounts.map(({ enabled }) => enabled)).toEqual([true, false]);
    expect(draft.endpoints.map(({ enabled }) => enabled)).toEqual([true, false]);
  });

  it('follows the choices', async () => {
    const draft = structuredClone(settings);
    const file = await incoming(
      api('Main', 'https://api.main.test', 'k'),
      api('Other', 'https://other.test', 'k'),
    );
    const result = applyImport(draft, present, file, { ...everything, endpoints: { 0: 'add', 1: 'skip' } });
    expect(result).toMatchObject({ added: 1, merged: 0 });
    expect(draft.endpoints.map(({ id }) => id)).toEqual(['main', 'main-2']);
  });

  it('gives nobody an id that records still name', async () => {
    const draft = structuredClone(settings);
    const past = { endpoints: ['other'], accountsOf: (id: string) => (id === 'main' ? ['a9'] : []) };
    const file = await incoming(
      api('Main', 'https://api.main.test', 'new-key'),
      api('Other', 'https://other.test', 'k'),
    );
    applyImport(draft, { ...present, past }, file, everything);
    expect(draft.endpoints.map(({ id }) => id)).toEqual(['main', 'other-2']);
    expect(draft.endpoints[0]?.accounts.map(({ id }) => id)).toEqual(['a4', 'a10']);
  });
});
