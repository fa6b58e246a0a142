// Each client is given what it can read: links are taken apart here as the client would do it.
import { execFileSync } from 'node:child_process';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { externalUrl, hostsOf } from '../../../main/desktop/externalUrl.ts';
import { clientSite } from '../../../renderer/pages/connect/clientSite.ts';
import {
  type ClientId,
  clients,
  type Facts,
  fieldValue,
  type KnownClient,
} from '../../../renderer/pages/connect/clients.ts';
import { findClients } from '../../../renderer/pages/connect/findClients.ts';

const facts: Facts = {
  origin: 'http://localhost:8282',
  key: 'sk-sluice-Ab12_cd34-ef56',
  model: 'gpt-4o',
  contextTokens: null,
};

function client(id: ClientId): KnownClient {
  return clients.find((known) => known.id === id) as KnownClient;
}

function linkOf(id: ClientId, given: Partial<Facts> = {}, site?: string): string {
  const { link } = client(id);
  return link?.href({ ...facts, ...given }, site ?? link.site ?? '') ?? '';
}

function linesOf(id: ClientId, index: number, shell: 'sh' | 'powershell' = 'sh', given: Partial<Facts> = {}) {
  return client(id).lines?.[index]?.text({ ...facts, ...given }, shell);
}

/** Cherry Studio: maps `_` and `-` as if to mend base64, turns apostrophes into quotes, drops parentheses. */
function asCherryStudio(link: string): unknown {
  const url = new URL(link);
  expect(`${url.protocol}//${url.host}${url.pathname}`).toBe('cherrystudio://providers/api-keys');
  expect(url.searchParams.get('v')).toBe('1');
  const data = (url.searchParams.get('data') ?? '').replaceAll('_', '+').replaceAll('-', '/');
  const text = Buffer.from(data, 'base64').toString('utf8');
  return JSON.parse(text.replaceAll("'", '"').replaceAll(/[()]/g, ''));
}

test('Cherry Studio reads the provider with the bare origin', () => {
  expect(asCherryStudio(linkOf('cherryStudio'))).toEqual({
    id: 'sluice',
    name: 'Sluice',
    type: 'openai',
    baseUrl: 'http://localhost:8282',
    apiKey: facts.key,
  });
});

test('Cherry Studio reads every key we could make, and the desktop lets every such link out', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^sk-[A-Za-z0-9_-]{8,60}$/), (key) => {
      const link = linkOf('cherryStudio', { key });
      expect(asCherryStudio(link)).toMatchObject({ apiKey: key });
      expect(externalUrl(link, new Set())).toBe(link);
    }),
  );
});

test('Chatbox reads the provider and the model, whatever it is called', () => {
  for (const model of ['gpt-4o', '通义/qwen~max?>']) {
    const link = linkOf('chatbox', { model });
    const url = new URL(link);
    expect(`${url.protocol}//${url.host}${url.pathname}`).toBe('chatbox://provider/import');
    const config = Buffer.from(url.searchParams.get('config') ?? '', 'base64').toString('utf8');
    expect(JSON.parse(config)).toEqual({
      id: 'sluice',
      name: 'Sluice',
      type: 'openai',
      settings: { apiHost: 'http://localhost:8282', apiKey: facts.key, models: [{ modelId: model }] },
    });
    expect(externalUrl(link, new Set())).toBe(link);
  }
});

test('NextChat finds its settings behind the hash, without /v1', () => {
  const url = new URL(linkOf('nextChat'));
  expect(`${url.origin}${url.pathname}`).toBe('https://app.nextchat.dev/');
  const [route, query] = url.hash.slice(1).split('?');
  expect(route).toBe('/');
  expect(JSON.parse(new URLSearchParams(query).get('settings') ?? '')).toEqual({
    key: facts.key,
    url: 'http://localhost:8282',
  });
  expect(externalUrl(url.href, hostsOf(['https://app.nextchat.dev']))).not.toBeNull();
});

test('LobeChat finds its settings in the query, with /v1, also below a path of its own', () => {
  const url = new URL(linkOf('lobeChat', {}, 'https://chat.example.com/lobe'));
  expect(`${url.origin}${url.pathname}`).toBe('https://chat.example.com/lobe/');
  expect(JSON.parse(url.searchParams.get('settings') ?? '')).toEqual({
    keyVaults: { openai: { apiKey: facts.key, baseURL: 'http://localhost:8282/v1' } },
  });
});

test('Claude Code takes the address without /v1, in both shells', () => {
  expect(linesOf('claudeCode', 0)).toBe(
    [
      'export ANTHROPIC_BASE_URL=http://localhost:8282',
      `export ANTHROPIC_AUTH_TOKEN=${facts.key}`,
      'export ANTHROPIC_MODEL=gpt-4o',
      'export ANTHROPIC_DEFAULT_HAIKU_MODEL=gpt-4o',
      'claude',
    ].join('\n'),
  );
  expect(linesOf('claudeCode', 0, 'powershell')?.split('\n')[0]).toBe(
    '$env:ANTHROPIC_BASE_URL = "http://localhost:8282"',
  );
});

test('Claude Code and Gemini CLI read the same for good from their files', () => {
  expect(JSON.parse(linesOf('claudeCode', 1) ?? '')).toEqual({
    env: {
      ANTHROPIC_BASE_URL: 'http://localhost:8282',
      ANTHROPIC_AUTH_TOKEN: facts.key,
      ANTHROPIC_MODEL: 'gpt-4o',
      ANTHROPIC_DEFAULT_HAIKU_MODEL: 'gpt-4o',
    },
  });
  expect(parseEnv(linesOf('geminiCli', 1) ?? '')).toEqual({
    GOOGLE_GEMINI_BASE_URL: 'http://localhost:8282',
    GEMINI_API_KEY: facts.key,
    GEMINI_MODEL: 'gpt-4o',
  });
});

test('files are named as each system writes them', () => {
  const files = (id: ClientId) => client(id).lines?.flatMap(({ file }) => (file ? [file] : []));
  expect(files('codex')).toEqual([
    { sh: '~/.codex/config.toml', powershell: '%USERPROFILE%\\.codex\\config.toml' },
  ]);
  expect(files('zed')?.[0]?.powershell).toBe('%APPDATA%\\Zed\\settings.json');
  expect(files('openaiSdk')).toEqual([]);
});

test('a client is found by what one remembers of its name; the card for any program stays', () => {
  const t = ((key: string) => (key === 'connect.otherTitle' ? '其他程序' : key)) as TFunction;
  const found = (typed: string) => findClients(clients, typed, t).map(({ id }) => id);
  expect(found('cherrystudio')).toEqual(['cherryStudio', 'other']);
  expect(found(' webui')).toEqual(['openWebUi', 'other']);
  expect(found('anthropic')).toEqual(['anthropicSdk', 'other']);
  expect(found('no such program')).toEqual(['other']);
  expect(found('')).toHaveLength(clients.length);
});

test('Codex takes responses with /v1, its key from the environment, and no WebSocket', () => {
  expect(linesOf('codex', 0)).toBe(`model = "gpt-4o"
model_provider = "sluice"

[model_providers.sluice]
name = "Sluice"
base_url = "http://localhost:8282/v1"
env_key = "SLUICE_KEY"
wire_api = "responses"
supports_websockets = false`);
  expect(linesOf('codex', 1)).toBe(`export SLUICE_KEY=${facts.key}\ncodex`);
});

test('Zed takes /v1 and the context of the model, and never the key', () => {
  const settings = (contextTokens: number | null) =>
    JSON.parse(linesOf('zed', 0, 'sh', { contextTokens }) ?? '').language_models.openai_compatible.Sluice;
  expect(settings(200_000)).toEqual({
    api_url: 'http://localhost:8282/v1',
    available_models: [{ name: 'gpt-4o', max_tokens: 200_000 }],
  });
  expect(settings(null).available_models[0].max_tokens).toBeGreaterThan(0);
  expect(linesOf('zed', 0)).not.toContain(facts.key);
});

test('Continue takes the openai provider with /v1', () => {
  expect(linesOf('continue', 0)?.split('\n').slice(3)).toEqual([
    'models:',
    '  - name: "Sluice gpt-4o"',
    '    provider: openai',
    '    model: "gpt-4o"',
    '    apiBase: "http://localhost:8282/v1"',
    `    apiKey: "${facts.key}"`,
  ]);
});

test.each([
  ['openaiSdk', ['OPENAI_BASE_URL=http://localhost:8282/v1', 'OPENAI_API_KEY=sk-sluice-Ab12_cd34-ef56']],
  [
    'anthropicSdk',
    ['ANTHROPIC_BASE_URL=http://localhost:8282', 'ANTHROPIC_API_KEY=sk-sluice-Ab12_cd34-ef56'],
  ],
  ['googleSdk', ['GOOGLE_GEMINI_BASE_URL=http://localhost:8282', 'GEMINI_API_KEY=sk-sluice-Ab12_cd34-ef56']],
] as const)('%s finds its variables', (id, variables) => {
  expect(linesOf(id, 0)).toBe(variables.map((line) => `export ${line}`).join('\n'));
});

test.each([
  ['openWebUi', ['http://localhost:8282/v1', facts.key]],
  ['immersiveTranslate', ['http://localhost:8282/v1/chat/completions', facts.key, 'gpt-4o']],
  ['cline', ['http://localhost:8282/v1', facts.key, 'gpt-4o']],
  [
    'other',
    ['http://localhost:8282/v1', 'http://localhost:8282', 'http://localhost:8282', facts.key, 'gpt-4o'],
  ],
] as const)('%s is told its fields', (id, values) => {
  expect(client(id).fields?.map((kind) => fieldValue(kind, facts))).toEqual(values);
});

test.skipIf(process.platform === 'win32')(
  'a shell reads back any model name that stands in its lines',
  () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{1,40}$/), (model) => {
        const lines = (linesOf('claudeCode', 0, 'sh', { model }) ?? '').replace(/\nclaude$/, '\n');
        const read = execFileSync('sh', ['-c', `${lines}printf %s "$ANTHROPIC_MODEL"`]).toString();
        expect(read).toBe(model);
      }),
      { numRuns: 30 },
    );
  },
);

test('PowerShell gets nothing it would expand', () => {
  const line = linesOf('geminiCli', 0, 'powershell', { model: "a$b`c'd" })?.split('\n').at(-1);
  expect(line).toBe("gemini -m 'a$b`c''d'");
});

test('every client can be told something, under a name and an id of its own', () => {
  const known: readonly KnownClient[] = clients;
  expect(known.filter(({ link, fields, lines }) => !link && !fields && !lines)).toEqual([]);
  expect(new Set(known.map(({ id }) => id)).size).toBe(known.length);
  expect(new Set(known.map(({ name }) => name)).size).toBe(known.length);
});

test.each([
  ['chat.example.com', 'https://chat.example.com'],
  [' https://chat.example.com/lobe/ ', 'https://chat.example.com/lobe'],
  ['http://localhost:3000/?a=1#b', 'http://localhost:3000'],
  ['', null],
  ['javascript://x/%0aalert(1)', null],
  ['https://a:b@chat.example.com', null],
])('a site typed as %j', (typed, site) => {
  expect(clientSite(typed)).toBe(site);
});
