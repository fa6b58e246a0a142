// Files of the programs people come from, as those write them; every key in them is made up.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { planImport } from '../../../../main/control/transfer/planImport.ts';
import { readIncoming } from '../../../../main/control/transfer/readIncoming.ts';
import { parseSettings } from '../../../../main/store/parseSettings.ts';

const folder = path.join(import.meta.dirname, '..', '..', '..', 'fixtures', 'transfer');
const fixture = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
const read = (name: string) => readIncoming(fixture(name), null);

async function endpointsOf(name: string) {
  const { endpoints } = await read(name);
  return endpoints.map(({ accounts, ...endpoint }) => ({
    ...endpoint,
    secrets: accounts.map(({ secret }) => secret),
    accounts,
  }));
}
/** A machine on which nothing is set up. */
const present = {
  settings: parseSettings({}),
  secretOf: () => null,
  networkProxy: null,
  past: { endpoints: [], accountsOf: () => [] },
};
const notesOf = async (name: string) => (await read(name)).notes.map(({ code, what }) => [code, what]);

describe('gpt-load', () => {
  it('gives an endpoint for each address of a group that is in use', async () => {
    const found = await endpointsOf('gpt-load-groups.json');
    expect(found).toMatchObject([
      {
        name: 'OpenAI pool (api.openai.com)',
        kind: 'openai',
        baseUrl: 'https://api.openai.com/v1',
        weight: 3,
        models: [],
        modelMapping: { 'gpt-4': 'gpt-4o' },
        headers: { 'X-Team': 'blue' },
      },
      { name: 'OpenAI pool (relay.test)', baseUrl: 'https://relay.test/openai/v1', weight: 1 },
      // Its own path says where the API begins, and a strict group serves what it redirects alone.
      { name: 'glm', baseUrl: 'https://open.bigmodel.cn/api/paas/v4', models: ['glm-4.6'] },
    ]);
    expect(await notesOf('gpt-load-groups.json')).toEqual([
      ['no-keys', 'OpenAI pool'],
      ['not-carried', 'OpenAI pool'],
      ['no-keys', 'glm'],
      ['not-carried', 'Everything'],
      ['own-key', 'gpt-load'],
    ]);
  });

  it('gives the keys of an export, and leaves those off that it had given up', async () => {
    const found = await endpointsOf('gpt-load-export.json');
    expect(found).toMatchObject([
      { kind: 'anthropic', baseUrl: 'https://api.anthropic.com' },
      { kind: 'gemini', secrets: ['AIza-made-up-gemini-key-0001'] },
      { kind: 'openai', baseUrl: 'https://responses.test/v1', options: { api: 'responses' } },
    ]);
    expect(found[0]?.accounts.map(({ enabled }) => enabled)).toEqual([true, false]);
    expect(await notesOf('gpt-load-export.json')).toEqual([['unknown-provider', 'odd']]);
  });
});

describe('keys alone', () => {
  const settings = parseSettings({
    endpoints: [
      { id: 'twin', name: 'Pool', baseUrl: 'https://pool.test/v1' },
      { id: 'pool', name: 'Pool', baseUrl: 'https://pool.test/v1' },
    ],
  });
  const into = settings.endpoints[1] ?? null;

  it.each([
    ['a line each', fixture('keys.txt')],
    [
      'commas between them',
      'sk-made-up-list-key-000001, sk-made-up-list-key-000002,sk-made-up-list-key-000003',
    ],
    [
      'a list in JSON',
      '["sk-made-up-list-key-000001","sk-made-up-list-key-000002","sk-made-up-list-key-000003"]',
    ],
  ])('become accounts of the endpoint they are for: %s', async (_what, text) => {
    const incoming = await readIncoming(text, null, into);
    expect(incoming.endpoints.map(({ accounts }) => accounts.length)).toEqual([3]);
    const plan = planImport({ ...present, settings }, incoming);
    expect(plan.endpoints).toMatchObject([
      { proposed: 'merge', existing: { id: 'pool' }, brings: { accounts: 3 } },
    ]);
    expect(JSON.stringify(plan)).not.toContain('made-up');
  });

  it('ask for the endpoint, and say nothing of themselves', async () => {
    const refused = readIncoming(fixture('keys.txt'), null);
    await expect(refused).rejects.toMatchObject({ issues: [{ path: 'into' }] });
    await expect(refused).rejects.not.toThrow(/made-up/);
  });

  it.each(['hello', 'a sentence with 12 words', 'key: sk-made-up-list-key-000001', '["short1"]'])(
    'are not seen in %j',
    async (text) => {
      await expect(readIncoming(text, null, into)).rejects.toMatchObject({ issues: [{ path: 'text' }] });
    },
  );
});

describe('cc-switch', () => {
  it('gives an endpoint for each address, with an account for each key, whatever program it was for', async () => {
    const found = await endpointsOf('cc-switch.sql');
    expect(found).toMatchObject([
      {
        name: 'Kimi',
        kind: 'anthropic',
        baseUrl: 'https://api.moonshot.test/anthropic',
        priority: 0,
        secrets: ['sk-made-up-kimi-key-000001', 'sk-made-up-kimi-key-000002'],
        models: ['kimi-k2', 'kimi-k2-mini'],
        modelMapping: { 'claude-sonnet-*': 'kimi-k2', 'claude-haiku-*': 'kimi-k2-mini' },
      },
      { kind: 'openai', baseUrl: 'https://chat.test/v1', options: { api: 'chat' }, priority: 1 },
      { baseUrl: 'https://codex.test/v1', options: { api: 'responses' }, models: ['gpt-5.2-codex'] },
      { kind: 'gemini', baseUrl: 'https://gemini.test', models: ['gemini-3-pro'] },
      { baseUrl: 'https://oc.test/v1', secrets: [{ env: 'OC_KEY' }], models: ['glm-4.6'] },
    ]);
    expect(found[0]?.accounts.map(({ name }) => name)).toEqual(['Kimi', "Kimi, Anna's"]);
    expect(await notesOf('cc-switch.sql')).toEqual([
      ['signed-in', 'Claude Official'],
      ['signed-in', 'GitHub Copilot'],
      ['signed-in', 'OpenAI Official'],
      ['unknown-provider', 'Odd'],
      ['not-carried', 'cc-switch'],
    ]);
  });

  it('refuses an export that was cut off', async () => {
    const text = fixture('cc-switch.sql');
    const cut = readIncoming(text.slice(0, text.indexOf('Relay chat')), null);
    await expect(cut).rejects.toThrow(/cut off/);
  });

  it('is read from the config.json of older versions, the one in use first', async () => {
    expect(await endpointsOf('cc-switch-config.json')).toMatchObject([
      { name: 'One', priority: 0, secrets: ['sk-made-up-one-key-0000001'] },
      { name: 'Two', priority: 1 },
    ]);
  });

  it('is read from its links, of which only providers count', async () => {
    expect(await endpointsOf('cc-switch-links.txt')).toMatchObject([
      { name: 'My Relay', kind: 'anthropic', baseUrl: 'https://relay.test', models: ['glm-4.6'] },
      {
        name: 'Codex',
        kind: 'openai',
        baseUrl: 'https://codex.test/v1',
        secrets: ['sk-made-up-link-key-00002'],
      },
    ]);
  });

  it('takes from a link’s own settings what the link does not say', async () => {
    const config = {
      env: { ANTHROPIC_AUTH_TOKEN: 'sk-made-up-inner-key-0001', ANTHROPIC_BASE_URL: 'https://inner.test' },
    };
    const text = `ccswitch://v1/import?resource=provider&app=claude&name=In&config=${Buffer.from(JSON.stringify(config)).toString('base64url')}`;
    const { endpoints } = await readIncoming(text, null);
    expect(endpoints).toMatchObject([
      { baseUrl: 'https://inner.test', accounts: [{ secret: 'sk-made-up-inner-key-0001' }] },
    ]);
  });
});

describe('Cherry Studio', () => {
  it('gives the providers that someone set up, with every key of theirs', async () => {
    expect(await endpointsOf('cherry-studio-data.json')).toMatchObject([
      {
        name: 'deepseek',
        baseUrl: 'https://api.deepseek.com/v1',
        secrets: ['sk-made-up-cherry-key-00001', 'sk-made-up-cherry-key-00002'],
        models: ['deepseek-chat', 'deepseek-reasoner'],
        limits: { rpm: 30 },
      },
      { name: 'Anthropic', kind: 'anthropic', baseUrl: 'https://api.anthropic.com', enabled: false },
      { name: 'ZhiPu', baseUrl: 'https://open.bigmodel.cn/api/paas/v4' },
      { name: 'Ollama', baseUrl: 'http://localhost:11434/v1', secrets: [], models: ['qwen3:8b'] },
      { kind: 'azure', baseUrl: 'https://mine.openai.azure.com', options: { apiVersion: '2024-10-21' } },
      {
        name: 'My relay',
        baseUrl: 'https://relay.test/api',
        secrets: ['sk-made-up,with-comma-0001'],
        headers: { 'X-Team': 'blue' },
      },
      { name: 'Empty one', enabled: false, secrets: [] },
    ]);
    expect(await notesOf('cherry-studio-data.json')).toEqual([
      ['signed-in', 'Github Copilot'],
      ['not-carried', 'My relay'],
      ['no-keys', 'Empty one'],
    ]);
  });
});

describe('CLIProxyAPI', () => {
  it('puts keys of one place together, and turns priorities round', async () => {
    const found = await endpointsOf('cli-proxy-api.yaml');
    expect(found).toMatchObject([
      {
        kind: 'gemini',
        baseUrl: 'https://generativelanguage.googleapis.com',
        priority: 10,
        models: ['!gemini-2.5-pro', '!*-preview'],
        secrets: ['AIza-made-up-first-0001', 'AIza-made-up-first-0002'],
      },
      {
        name: 'Gemini (gemini.test)',
        baseUrl: 'https://gemini.test',
        priority: 0,
        proxy: 'direct',
        models: ['gemini-2.5-flash'],
        modelMapping: { 'gemini-flash': 'gemini-2.5-flash' },
        headers: { 'X-Custom-Header': 'custom-value' },
      },
      { kind: 'anthropic', baseUrl: 'https://api.anthropic.com' },
      { kind: 'anthropic', baseUrl: 'https://claude.test', modelMapping: { 'team/*': '*' } },
      { name: 'Codex', baseUrl: 'https://codex.test/v1', options: { api: 'responses' } },
      {
        name: 'openrouter',
        enabled: false,
        proxy: 'socks5://proxy.test:1080',
        modelMapping: { 'or/kimi-k2': 'moonshotai/kimi-k2:free', 'kimi-k2': 'moonshotai/kimi-k2:free' },
      },
      { name: 'openrouter-2', enabled: false, proxy: null, secrets: ['sk-or-v1-made-up-0002'] },
    ]);
    expect(found[0]?.accounts.map(({ weight }) => weight)).toEqual([1, 5]);
    expect(found[3]?.accounts.map(({ enabled }) => enabled)).toEqual([false]);
  });

  it('names what stays behind', async () => {
    expect(await notesOf('cli-proxy-api.yaml')).toEqual(
      expect.arrayContaining([
        ['not-carried', 'openrouter'],
        ['no-address', 'Codex'],
        ['unknown-provider', 'vertex-api-key'],
        ['signed-in', 'auth-dir (~/.cli-proxy-api)'],
        ['own-key', 'CLIProxyAPI'],
      ]),
    );
  });

  it('brings its proxy as a setting that is shown without its password', async () => {
    const incoming = await read('cli-proxy-api.yaml');
    const plan = planImport(present, incoming);
    expect(plan.settings).toMatchObject([{ path: 'network.proxy' }]);
    expect(plan.settings[0]?.to).toContain('192.168.1.1:1080');
    expect(JSON.stringify(plan)).not.toMatch(/proxy-word|made-up-(?:first|claude|codex|000)/);
  });
});

describe('claude-code-router', () => {
  it('gives its providers, and its routes as names that Claude Code asks for', async () => {
    expect(await endpointsOf('claude-code-router.json')).toMatchObject([
      {
        name: 'openrouter',
        baseUrl: 'https://openrouter.ai/api/v1',
        modelMapping: { 'claude-haiku-*': 'google/gemini-2.5-pro' },
      },
      {
        name: 'deepseek',
        baseUrl: 'https://api.deepseek.com',
        secrets: [{ env: 'DEEPSEEK_KEY' }],
        models: ['deepseek-chat', 'deepseek-reasoner'],
        modelMapping: { 'claude-*': 'deepseek-chat' },
      },
      { kind: 'gemini', baseUrl: 'https://generativelanguage.googleapis.com' },
      { kind: 'anthropic', baseUrl: 'https://relay.test' },
    ]);
    expect(await notesOf('claude-code-router.json')).toEqual([
      ['not-carried', 'deepseek'],
      ['unknown-provider', 'gemini-cli'],
      ['not-carried', 'Router'],
      ['own-key', 'claude-code-router'],
    ]);
  });

  it('gives the pool of keys of a data export, what is off still off', async () => {
    const [pool, claude] = await endpointsOf('claude-code-router-export.json');
    expect(pool).toMatchObject({
      baseUrl: 'https://pool.test/v1',
      enabled: false,
      options: { api: 'chat' },
      accounts: [
        { name: 'one', enabled: true, limits: { rpm: 60, tpm: 100000 } },
        { name: 'two', enabled: false, weight: 3 },
      ],
    });
    expect(claude).toMatchObject({ kind: 'anthropic', secrets: [{ env: 'ANTHROPIC_KEY' }] });
  });
});

describe.each([
  'gpt-load-groups.json',
  'gpt-load-export.json',
  'cc-switch.sql',
  'cc-switch-config.json',
  'cherry-studio-data.json',
  'cli-proxy-api.yaml',
  'claude-code-router.json',
  'claude-code-router-export.json',
])('%s', (name) => {
  it('shows no secret in its plan', async () => {
    const plan = planImport(present, await read(name));
    expect(JSON.stringify(plan)).not.toMatch(/made-up|private conversation/);
  });

  it('is refused without a word of it where it is broken', async () => {
    const text = fixture(name);
    const broken = readIncoming(`${text.slice(0, Math.floor(text.length / 2))}\n\t{[`, null);
    await expect(broken).rejects.toMatchObject({ issues: [{ path: 'text' }] });
    await expect(broken).rejects.not.toThrow(/made-up/);
  });
});
