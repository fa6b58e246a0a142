import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { settingsSchema } from '../../../main/contract/schemas/settings.ts';
import { compileSnapshot } from '../../../main/registry/compileSnapshot.ts';
import type { CredentialLookup } from '../../../main/registry/snapshot.ts';

const hash = (secret: string) => createHash('sha256').update(secret).digest('hex');

const lookup: CredentialLookup = (secret) => {
  if ('env' in secret) return { state: 'missing', source: 'env', reason: 'not set' };
  if (secret.vault === 'locked') return { state: 'locked', source: 'vault', reason: 'the keyring is locked' };
  return { state: 'ready', source: 'vault', secret: `secret of ${secret.vault}` };
};

function compile(settings: unknown, environmentSecret: string | null = null) {
  return compileSnapshot(settingsSchema.parse(settings), lookup, environmentSecret);
}

test('a replaced secret finds its key, but for one that is some key’s own now', () => {
  const until = '2030-01-01T00:00:00Z';
  const old = (ref: string) => ({ secret: { vault: ref }, until });
  const { clientKeys, clientKeyByHash, clientKeyByOldHash } = compile({
    clientKeys: [
      { id: 'a', secret: { vault: 'one' }, previous: { ...old('zero'), since: '2029-12-31T00:00:00+01:00' } },
      { id: 'b', secret: { vault: 'two' }, previous: old('one') },
      { id: 'c', secret: { vault: 'three' }, previous: old('locked') },
    ],
  });
  expect([...clientKeyByOldHash].map(([digest, { id }]) => [digest, id])).toEqual([
    [hash('secret of zero'), 'a'],
  ]);
  expect(clientKeyByHash.get(hash('secret of one'))?.id).toBe('a');
  expect(clientKeys[0]?.previous).toMatchObject({
    since: Date.UTC(2029, 11, 30, 23),
    until: Date.UTC(2030, 0, 1),
  });
});

test('accounts get their key, their credential and the limits that hold for them', () => {
  const { endpoints } = compile({
    endpoints: [
      {
        id: 'openai',
        baseUrl: 'https://api.openai.com/v1///',
        limits: { rpm: 60, rpd: 1000, concurrent: 3 },
        accounts: [
          { id: 'a1', secret: { vault: 'one' }, limits: { rpm: 0, tpm: 5 } },
          { id: 'a2', secret: { vault: 'locked' }, email: 'me@example.com' },
          { id: 'a3' },
        ],
      },
      { id: 'local', baseUrl: 'http://localhost:11434/v1' },
    ],
  });
  expect(endpoints[0]?.baseUrl).toBe('https://api.openai.com/v1');
  expect(endpoints[0]?.accounts).toMatchObject([
    {
      key: 'openai/a1',
      credential: { state: 'ready', secret: 'secret of one' },
      limits: { rpm: 0, rpd: 1000, tpm: 5, tpd: -1, concurrent: 3 },
    },
    { key: 'openai/a2', email: 'me@example.com', credential: { state: 'locked' }, limits: { rpm: 60 } },
    { key: 'openai/a3', credential: { state: 'none' } },
  ]);
  expect(endpoints[1]?.accounts).toMatchObject([
    { key: 'local/none', id: 'none', enabled: true, weight: 1, credential: { state: 'none' } },
  ]);
});

test('client keys are found by the hash of their secret, locked and missing ones are not', () => {
  const snapshot = compile(
    {
      clientKeys: [
        { id: 'a', secret: { vault: 'x' }, enabled: false },
        { id: 'b', secret: { vault: 'x' } },
        { id: 'c', secret: { vault: 'x' } },
        { id: 'd', secret: { vault: 'locked' }, expiresAt: '2030-01-01T00:00:00Z' },
        { id: 'e', secret: { env: 'NONE' } },
      ],
    },
    'from-the-environment',
  );
  expect(snapshot.clientKeyByHash.get(hash('secret of x'))?.id).toBe('b');
  expect(snapshot.clientKeyByHash.get(hash('from-the-environment'))).toMatchObject({
    id: 'environment',
    models: ['*'],
    limits: { rpm: -1 },
  });
  expect(snapshot.clientKeyByHash.size).toBe(2);
  expect(snapshot.clientKeys.map((key) => key.id)).toEqual(['a', 'b', 'c', 'd', 'e', 'environment']);
  expect(snapshot.clientKeys[3]?.expiresAt).toBe(Date.UTC(2030, 0, 1));
  expect(snapshot.settings.clientKeys).toHaveLength(5);
});

test('nothing of it can be changed, and what it was made of stays free', () => {
  const settings = settingsSchema.parse({
    clientKeys: [{ id: 'a', secret: { vault: 'x' } }],
    endpoints: [{ id: 'o', baseUrl: 'http://x', models: ['m'], options: { deep: { list: [1] } } }],
  });
  const snapshot = compileSnapshot(settings, lookup);
  const endpoint = snapshot.endpoints[0];
  if (!endpoint) throw new Error('the endpoint is missing');
  const changes: (() => unknown)[] = [
    () => (snapshot.settings.server.port = 1),
    () => (snapshot.endpoints as unknown[]).push(1),
    () => ((endpoint as { enabled: boolean }).enabled = false),
    () => (endpoint.models as Set<string>).add('other'),
    () => (endpoint.models as Set<string>).clear(),
    () => (snapshot.clientKeyByHash as Map<string, unknown>).delete('x'),
    () => (endpoint.options.deep as { list: number[] }).list.push(2),
  ];
  for (const change of changes) expect(change).toThrow(TypeError);
  settings.server.port = 1;
  expect(snapshot.settings.server.port).toBe(8282);
  structuredClone(snapshot.settings).server.port = 2;
});

test('models and headers may be called what objects inherit', () => {
  const { endpoints } = compile({
    endpoints: [{ id: 'o', baseUrl: 'http://x', models: ['__proto__'], modelMapping: { toString: 'up' } }],
  });
  expect(endpoints[0]?.modelMapping.toString).toBe('up');
  expect(endpoints[0]?.modelMapping.constructor).toBeUndefined();
  expect(endpoints[0]?.models.has('__proto__')).toBe(true);
});

test('a plain secret that was not moved is a mistake, not a configuration', () => {
  expect(() => compile({ clientKeys: [{ id: 'a', secret: 'plain' }] })).toThrow(/moved into the vault/);
});

test('secrets in headers, proxies and options stand where they are sent, and settings keep their references', () => {
  const snapshot = compile({
    network: { proxy: { url: 'http://me@h.test:1', password: { vault: 'p@ss' } } },
    endpoints: [
      {
        id: 'e',
        baseUrl: 'https://e.test/v1',
        headers: { Authorization: { vault: 'x' }, 'X-Team': 'blue' },
        proxy: { url: 'socks5://h.test:2', password: { vault: 'y' } },
        options: { extra: { apiKey: { vault: 'z' } } },
      },
    ],
  });
  const [endpoint] = snapshot.endpoints;
  expect(endpoint?.headers).toEqual({ Authorization: 'secret of x', 'X-Team': 'blue' });
  expect(endpoint?.proxy).toBe('socks5://:secret%20of%20y@h.test:2');
  expect(endpoint?.options).toEqual({ extra: { apiKey: 'secret of z' } });
  expect(endpoint?.accounts[0]?.credential).toEqual({ state: 'none' });
  expect(snapshot.networkProxy).toBe('http://me:secret%20of%20p%40ss@h.test:1');
  expect(JSON.stringify(snapshot.settings)).not.toContain('secret of');
});

test('an endpoint without a secret of its headers or its proxy is not used, and says which one', () => {
  const endpoint = (id: string, more: object) => ({
    id,
    baseUrl: `https://${id}.test/v1`,
    accounts: [{ id: 'a1', secret: { vault: 'one' } }],
    ...more,
  });
  const { endpoints, networkProxy } = compile({
    network: { proxy: { url: 'http://me@h.test:1', password: { vault: 'locked' } } },
    endpoints: [
      endpoint('header', { headers: { Cookie: { env: 'NONE' } }, proxy: 'direct' }),
      endpoint('proxy', { proxy: { url: 'http://h.test:2', password: { vault: 'locked' } } }),
      endpoint('behind', {}),
      endpoint('straight', { proxy: 'direct' }),
      { ...endpoint('near', {}), baseUrl: 'http://localhost:11434/v1' },
    ],
  });
  expect(networkProxy).toBe('http://me@h.test:1');
  expect(endpoints.map(({ accounts }) => accounts[0]?.credential)).toMatchObject([
    { state: 'missing', source: 'env', reason: 'headers.Cookie: not set' },
    { state: 'locked', source: 'vault', reason: 'proxy: the keyring is locked' },
    { state: 'locked', reason: 'network.proxy: the keyring is locked' },
    { state: 'ready' },
    { state: 'ready' },
  ]);
  expect(endpoints[0]?.headers).toEqual({});
});

test('a secret that would break a header is none', () => {
  const endpoints = [{ id: 'e', baseUrl: 'https://e.test/v1', headers: { Cookie: { vault: 'a\nb' } } }];
  expect(compile({ endpoints }).endpoints[0]?.accounts[0]?.credential).toMatchObject({
    state: 'missing',
    reason: 'headers.Cookie: it holds line breaks or control characters',
  });
});
