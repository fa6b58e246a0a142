import { describe, expect, it, vi } from 'vitest';
import { exportSettings } from '../../../../main/control/transfer/exportSettings.ts';
import { readIncoming } from '../../../../main/control/transfer/readIncoming.ts';
import { createMemoryVault } from '../../../../main/store/memoryVault.ts';
import { parseSettings } from '../../../../main/store/parseSettings.ts';

const read = (document: unknown) =>
  readIncoming(typeof document === 'string' ? document : JSON.stringify(document), null);

/** What matters of an endpoint, without what every one has. */
async function endpointsOf(document: unknown) {
  const { endpoints } = await read(document);
  return endpoints.map(({ name, kind, baseUrl, enabled, priority, accounts, models, modelMapping }) => ({
    name,
    kind,
    baseUrl,
    enabled,
    priority,
    secrets: accounts.map(({ secret }) => secret),
    models,
    modelMapping,
  }));
}

describe('LiteLLM', () => {
  const config = `
model_list:
  - model_name: gpt-4o
    litellm_params: {model: openai/gpt-4o, api_key: os.environ/OPENAI_API_KEY, rpm: 60}
  - model_name: gpt-4o
    litellm_params: {model: openai/gpt-4o, api_key: sk-second-key, rpm: 30}
  - model_name: fast
    litellm_params: {model: groq/llama-3.3-70b, api_key: os.environ/GROQ}
  - model_name: azure-4o
    litellm_params:
      model: azure/my-deployment
      api_base: https://me.openai.azure.com/
      api_key: azure-key
      api_version: "2024-10-21"
  - model_name: local
    litellm_params: {model: ollama/qwen3, api_base: http://192.168.1.5:11434}
  - model_name: bedrock
    litellm_params: {model: bedrock/claude, api_key: x}
router_settings:
  model_group_alias: {quick: fast}
environment_variables: {GROQ: gsk-in-the-file}
general_settings: {master_key: sk-1234}
`;

  it('becomes an endpoint for each address, with an account for each key', async () => {
    expect(await endpointsOf(config)).toEqual([
      expect.objectContaining({
        name: 'openai',
        baseUrl: 'https://api.openai.com/v1',
        secrets: [{ env: 'OPENAI_API_KEY' }, 'sk-second-key'],
        models: ['gpt-4o'],
        modelMapping: {},
      }),
      expect.objectContaining({
        baseUrl: 'https://api.groq.com/openai/v1',
        secrets: ['gsk-in-the-file'],
        models: ['llama-3.3-70b'],
        modelMapping: { fast: 'llama-3.3-70b', quick: 'llama-3.3-70b' },
      }),
      expect.objectContaining({
        kind: 'azure',
        models: ['my-deployment'],
        modelMapping: { 'azure-4o': 'my-deployment' },
      }),
      expect.objectContaining({ baseUrl: 'http://192.168.1.5:11434/v1', secrets: [], models: ['qwen3'] }),
    ]);
    const { notes } = await read(config);
    expect(notes.map(({ code, what }) => [code, what])).toEqual([
      ['unknown-provider', 'bedrock'],
      ['own-key', 'LiteLLM'],
    ]);
  });
});

describe('channels of one-api and new-api', () => {
  const channel = {
    id: 1,
    type: 1,
    name: 'A',
    status: 1,
    models: 'gpt-4o,gpt-4',
    base_url: '',
    key: 'k1\nk2',
  };

  it('take their keys one a line, their addresses by type, their priorities turned round', async () => {
    const found = await endpointsOf({
      success: true,
      data: {
        items: [
          { ...channel, priority: 10, model_mapping: '{"gpt-4":"gpt-4o"}', setting: '{}' },
          { ...channel, type: 43, name: 'DeepSeek', key: 'k3', setting: null },
          { ...channel, type: 14, name: 'Off', status: 2, base_url: 'https://relay.example.com' },
        ],
      },
    });
    expect(found).toMatchObject([
      {
        baseUrl: 'https://api.openai.com/v1',
        priority: 0,
        secrets: ['k1', 'k2'],
        modelMapping: { 'gpt-4': 'gpt-4o' },
      },
      { baseUrl: 'https://api.deepseek.com/v1', priority: 10, enabled: true },
      { kind: 'anthropic', baseUrl: 'https://relay.example.com', enabled: false },
    ]);
  });

  it('of one-api have its own numbers, and say where keys or addresses are missing', async () => {
    const list = [
      { ...channel, type: 36, name: 'DeepSeek', key: undefined },
      { ...channel, type: 18, name: 'Spark' },
    ];
    expect(await endpointsOf(list)).toMatchObject([{ baseUrl: 'https://api.deepseek.com/v1', secrets: [] }]);
    expect((await read(list)).notes.map(({ code }) => code)).toEqual(['no-keys', 'no-address']);
  });
});

it('api-together’s addresses get the version it would have written', async () => {
  const document = {
    server: { port: 3001, apiKey: 'sk-123' },
    apis: [
      {
        id: 'a',
        name: 'One',
        baseUrl: 'https://api.openai.com',
        apiKey: 'k',
        rpm: 60,
        rpd: -1,
        enabled: false,
      },
      { id: 'b', name: 'Two', baseUrl: 'https://relay.test/openai/v1/', apiKey: 'k', models: ['x'] },
    ],
  };
  expect(await endpointsOf(document)).toMatchObject([
    { baseUrl: 'https://api.openai.com/v1', enabled: false, secrets: ['k'] },
    { baseUrl: 'https://relay.test/openai/v1', models: ['x'] },
  ]);
  expect((await read(document)).endpoints[0]?.limits).toMatchObject({ rpm: 60, rpd: -1 });
});

it('uni-api’s addresses end before the path, and its renamed models are mapped', async () => {
  const yaml = `
providers:
  - provider: relay
    base_url: https://api.your.com/v1/chat/completions
    api: [k1, k2]
    model: [gpt-4o, {deepseek-chat: deepseek}]
    preferences: {api_key_rate_limit: "15/min,10/day", proxy: "socks5://127.0.0.1:1080"}
  - {provider: anthropic, base_url: https://api.anthropic.com/v1/messages, api: k3}
  - {provider: vertex, project_id: x, api: none}
`;
  expect(await endpointsOf(yaml)).toMatchObject([
    {
      baseUrl: 'https://api.your.com/v1',
      secrets: ['k1', 'k2'],
      modelMapping: { deepseek: 'deepseek-chat' },
    },
    { kind: 'anthropic', baseUrl: 'https://api.anthropic.com', secrets: ['k3'] },
  ]);
  const { endpoints } = await read(yaml);
  expect(endpoints[0]).toMatchObject({ limits: { rpm: 15, rpd: 10 }, proxy: 'socks5://127.0.0.1:1080' });
});

describe('our own export', () => {
  const secret = 'sk-of-the-vault-Pp12';
  const settings = parseSettings({
    network: { proxy: { url: 'http://me@127.0.0.1:1', password: { vault: 'network/proxy' } } },
    clientKeys: [{ id: 'k', secret: { vault: 'clientKey/k' } }],
    endpoints: [
      {
        id: 'e',
        baseUrl: 'https://e.test/v1',
        headers: {
          Authorization: { vault: 'header/e/authorization' },
          // Marked by the user: neither name nor look would tell.
          'X-Code': { vault: 'header/e/x-code' },
          Cookie: { vault: 'header/e/gone' },
          'X-Session': { env: 'SESSION' },
          'X-Team': 'blue',
        },
        proxy: { url: 'socks5://127.0.0.1:2', password: { vault: 'proxy/e' } },
        options: { deep: { token: { vault: 'option/e/deep.token' } } },
        accounts: [
          { id: 'a1', secret: { vault: 'account/e/a1' } },
          { id: 'a2', secret: { env: 'KEY' } },
        ],
      },
    ],
  });
  async function vault() {
    const held = createMemoryVault();
    await held.set('clientKey/k', 'sluice-client-key-Zz90');
    await held.set('account/e/a1', secret);
    await held.set('network/proxy', 'hidden-word');
    await held.set('header/e/authorization', 'Bearer hidden-word');
    await held.set('header/e/x-code', 'hidden-word');
    await held.set('proxy/e', 'hidden-word');
    await held.set('option/e/deep.token', 'hidden-word');
    return held;
  }

  it('holds no secret without a passphrase, and comes back without', async () => {
    const text = await exportSettings(settings, { passphrase: null, vault: await vault() });
    expect(text).not.toMatch(/hidden-word|sk-of|vault/);
    const { endpoints, clientKeys, notes, sections } = await read(text);
    expect(endpoints[0]?.accounts.map((account) => account.secret)).toEqual([undefined, { env: 'KEY' }]);
    expect(endpoints[0]?.headers).toEqual({ 'X-Team': 'blue', 'X-Session': { env: 'SESSION' } });
    expect(endpoints[0]).toMatchObject({ proxy: 'socks5://127.0.0.1:2', options: { deep: {} } });
    expect(sections.network?.proxy).toBe('http://me@127.0.0.1:1');
    expect(clientKeys).toEqual([]);
    expect(notes).toMatchObject([{ code: 'no-secrets', what: 'e' }]);
  });

  it('brings everything back with its passphrase, and nothing without', async () => {
    const cost = { N: 1024, r: 8, p: 1 };
    const text = await exportSettings(settings, { passphrase: 'open sesame', vault: await vault(), cost });
    expect(text).not.toMatch(/hidden-word|sk-of|e\.test/);
    const { endpoints, clientKeys, sections } = await readIncoming(text, 'open sesame');
    expect(sections.network?.proxy).toBe('http://me:hidden-word@127.0.0.1:1');
    expect(endpoints[0]).toMatchObject({
      headers: {
        Authorization: 'Bearer hidden-word',
        'X-Code': { secret: 'hidden-word' },
        'X-Session': { env: 'SESSION' },
        'X-Team': 'blue',
      },
      proxy: 'socks5://:hidden-word@127.0.0.1:2',
      options: { deep: { token: 'hidden-word' } },
    });
    expect(endpoints[0]?.headers).not.toHaveProperty('Cookie');
    expect(endpoints[0]?.accounts[0]?.secret).toBe(secret);
    expect(clientKeys[0]?.secret).toBe('sluice-client-key-Zz90');
    await expect(readIncoming(text, 'open barley')).rejects.toMatchObject({
      issues: [{ path: 'passphrase' }],
    });
    await expect(readIncoming(text, null)).rejects.toMatchObject({ issues: [{ path: 'passphrase' }] });
    const torn = text.replace(/"data": "..../, '"data": "AAAA');
    await expect(readIncoming(torn, 'open sesame')).rejects.toMatchObject({ issues: [{ path: 'text' }] });
  });
});

it('takes no reference from a file: it would lead to a secret of this machine', async () => {
  const vault = 'account/main/a1';
  const text = JSON.stringify({
    network: { proxy: { url: 'http://elsewhere.test:1', password: { vault } } },
    clientKeys: [{ id: 'k', secret: { vault } }],
    endpoints: [
      {
        id: 'thief',
        baseUrl: 'https://elsewhere.test/v1',
        accounts: [{ id: 'a1', secret: { vault } }],
        headers: { 'X-Team': { vault } },
        proxy: { url: 'http://elsewhere.test:1', password: { vault } },
        options: { list: [{ apiKey: { vault } }] },
      },
    ],
  });
  const incoming = await readIncoming(text, null);
  expect(JSON.stringify(incoming)).not.toContain('vault');
  expect(incoming.notes).toEqual([{ code: 'no-secrets', what: 'thief', detail: '' }]);
});

it.each([
  ['a broken JSON', '{"apis": [', /line 1/],
  ['a broken YAML', 'a: [1\nb: }', /neither JSON nor YAML/],
  ['something else', '{"hello": 1}', /none that can be read/],
  ['a plain text', 'hello', /none that can be read/],
])('refuses %s in words', async (_what, text, words) => {
  await expect(readIncoming(text, null)).rejects.toThrow(words);
});

it('shows nothing of the text to whoever reads what the process writes', async () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  await read('%sk-planted-directive-secret\n---\nmodel_list: []\n').catch(() => {});
  await read('model_list: !sk-planted-tag-secret []\n').catch(() => {});
  expect(warned).not.toHaveBeenCalled();
  warned.mockRestore();
});
