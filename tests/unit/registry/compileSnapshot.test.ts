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
