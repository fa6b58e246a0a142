// Models that a client key or an endpoint leaves out, as clients meet it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { createTestCore, eventually, type TestCore } from '../../fakes/testCore.ts';

const keySecret = 'sluice-left-out-key-0123456789';
const messages = [{ role: 'user', content: 'hello' }];

let upstream: FakeUpstream;
let gateway: TestCore;

beforeAll(async () => {
  upstream = await createFakeUpstream({ models: ['gpt-4o', 'gpt-4o-mini', 'o1', 'o1-preview', 'qwen'] });
  gateway = await createTestCore({
    env: { LIMITED_KEY: keySecret },
    settings: {
      clientKeys: [
        { id: 'test', secret: { env: 'TEST_CLIENT_KEY' } },
        { id: 'limited', secret: { env: 'LIMITED_KEY' }, models: ['*', '!gpt-4o*'] },
      ],
      endpoints: [
        {
          id: 'e',
          baseUrl: upstream.url,
          models: ['!*-preview', '!qwen'],
          modelMapping: { latest: 'o1-preview' },
        },
      ],
    },
  });
});
afterAll(async () => {
  await gateway?.close();
  await upstream?.close();
});

const limited = { headers: { authorization: `Bearer ${keySecret}` } };

async function names(init?: RequestInit): Promise<string[]> {
  const response = await gateway.get('/v1/models', init);
  return ((await response.json()) as { data: { id: string }[] }).data.map(({ id }) => id);
}

async function codeFor(model: string, init?: RequestInit): Promise<[number, string | null, string]> {
  const response = await gateway.post('/v1/chat/completions', { model, messages }, init);
  const { error } = (await response.json()) as { error?: { code: string; message: string } };
  return [response.status, error?.code ?? null, error?.message ?? ''];
}

describe('models that are left out', () => {
  it('are in no list, each key by its own', async () => {
    expect(await eventually(names, (found) => found.includes('gpt-4o'))).toEqual([
      'gpt-4o',
      'gpt-4o-mini',
      'latest',
      'o1',
    ]);
    expect(await names(limited)).toEqual(['latest', 'o1']);
  });

  it('are refused: by the key, before any endpoint is asked', async () => {
    const before = upstream.journal.entries.length;
    expect(await codeFor('gpt-4o-mini', limited)).toMatchObject([
      403,
      'model_not_allowed',
      expect.any(String),
    ]);
    expect(upstream.journal.entries.length).toBe(before);
    expect((await codeFor('o1', limited))[0]).toBe(200);
  });

  it('are refused: by the endpoint, saying what leaves them out, also in the record', async () => {
    const [status, code, message] = await codeFor('o1-preview');
    expect([status, code]).toEqual([404, 'model_not_found']);
    expect(message).toContain('"!*-preview"');
    expect((await gateway.record()).skipped).toMatchObject([
      { endpointId: 'e', code: 'excluded', facts: { pattern: '*-preview' } },
    ]);
    expect((await gateway.get('/v1/models/qwen')).status).toBe(404);
  });

  it('are served where a mapping names them', async () => {
    expect((await codeFor('latest'))[0]).toBe(200);
    expect((await gateway.record()).upstreamModel).toBe('o1-preview');
  });
});
