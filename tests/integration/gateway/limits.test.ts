import { afterEach, describe, expect, it } from 'vitest';
import type { SettingsInput } from '../../../main/contract/schemas/settings.ts';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { createTestCore, eventually, type TestCore } from '../../fakes/testCore.ts';

const messages = [{ role: 'user' as const, content: 'hello' }];
const open: { close(): Promise<void> }[] = [];

async function setUp(
  settings: (url: string) => SettingsInput,
  dataDir?: string,
): Promise<{ upstream: FakeUpstream; gateway: TestCore }> {
  const upstream = await createFakeUpstream();
  const gateway = await createTestCore({
    settings: settings(upstream.url),
    dataDir,
    env: { A: 'key-a-0123456789', B: 'key-b-0123456789' },
  });
  open.push(gateway, upstream);
  return { upstream, gateway };
}
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const chat = (gateway: TestCore, model = 'gpt-4o'): Promise<Response> =>
  gateway.post('/v1/chat/completions', { model, messages });

describe('limits of accounts', () => {
  it('with 500 parallel calls at limit 100, exactly 100 reach the upstream', async () => {
    const { upstream, gateway } = await setUp((url) => ({
      endpoints: [
        {
          id: 'e',
          baseUrl: url,
          models: ['gpt-4o'],
          accounts: [{ id: 'a', secret: { env: 'A' } }],
          limits: { rpm: 100 },
        },
      ],
    }));
    const statuses = await Promise.all(Array.from({ length: 500 }, async () => (await chat(gateway)).status));
    expect(upstream.journal.entries).toHaveLength(100);
    expect(statuses.filter((status) => status === 200)).toHaveLength(100);
    expect(statuses.filter((status) => status === 503)).toHaveLength(400);
  });

  it('hold for each account of an endpoint, unless it has its own', async () => {
    const { upstream, gateway } = await setUp((url) => ({
      endpoints: [
        {
          id: 'e',
          baseUrl: url,
          models: ['gpt-4o'],
          limits: { rpd: 2 },
          accounts: [
            { id: 'a', secret: { env: 'A' } },
            { id: 'b', secret: { env: 'B' }, limits: { rpd: 5 } },
          ],
        },
      ],
    }));
    const responses = [];
    for (let count = 0; count < 9; count++) responses.push((await chat(gateway)).status);
    expect(responses).toEqual([...Array(7).fill(200), 503, 503]);
    expect(upstream.journal.of({ key: 'key-a-0123456789' })).toHaveLength(2);
    expect(upstream.journal.of({ key: 'key-b-0123456789' })).toHaveLength(5);
  });

  it('tokens count as they were used', async () => {
    const { gateway } = await setUp((url) => ({
      endpoints: [{ id: 'e', baseUrl: url, models: ['gpt-4o'], limits: { tpd: 2_000 } }],
    }));
    await chat(gateway);
    const record = await gateway.record();
    const [endpoint] = await gateway.control.endpoints.list();
    expect(endpoint?.accounts[0]?.usage.tpd).toBe(record.tokens.input + record.tokens.output);
  });

  it('concurrent: one at a time', async () => {
    const { upstream, gateway } = await setUp((url) => ({
      endpoints: [{ id: 'e', baseUrl: url, models: ['gpt-4o'], limits: { concurrent: 1 } }],
    }));
    upstream.script('slow-first-byte:1500');
    const first = chat(gateway);
    await upstream.journal.waitFor((entries) => entries.length === 1);
    expect((await chat(gateway)).status).toBe(503);
    expect((await first).status).toBe(200);
    expect((await chat(gateway)).status).toBe(200);
  });

  it('0 switches off, and the error says so', async () => {
    const { upstream, gateway } = await setUp((url) => ({
      endpoints: [{ id: 'e', baseUrl: url, models: ['gpt-4o'], limits: { rpm: 0 } }],
    }));
    const response = await chat(gateway);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('limit rpm 0 reached');
    expect(upstream.journal.entries).toHaveLength(0);
  });

  it('a refused connection uses nothing up', async () => {
    const { upstream, gateway } = await setUp((url) => ({
      endpoints: [{ id: 'e', baseUrl: url, models: ['gpt-4o'], limits: { rpd: 1 } }],
    }));
    await upstream.close();
    open.pop();
    await chat(gateway);
    const [endpoint] = await gateway.control.endpoints.list();
    expect(endpoint?.accounts[0]?.usage.rpd).toBe(0);
  });

  it('counts outlive an edit of the settings and a restart', async () => {
    const fs = await import('node:fs');
    const dataDir = fs.mkdtempSync('/tmp/sluice-limits-');
    try {
      const { upstream, gateway } = await setUp(
        (url) => ({ endpoints: [{ id: 'e', baseUrl: url, models: ['gpt-4o'], limits: { rpd: 3, rpm: 3 } }] }),
        dataDir,
      );
      await chat(gateway);
      await gateway.control.endpoints.update({ id: 'e', patch: { name: 'renamed', weight: 3 } });
      await chat(gateway);
      await gateway.close();
      open.splice(open.indexOf(gateway), 1);
      const again = await createTestCore({ dataDir, env: { A: 'x', B: 'y' } });
      open.push(again);
      const [endpoint] = await again.control.endpoints.list();
      expect(endpoint?.accounts[0]?.usage).toMatchObject({ rpd: 2, rpm: 2 });
      expect((await chat(again)).status).toBe(200);
      expect((await chat(again)).status).toBe(503);
      expect(upstream.journal.entries).toHaveLength(3);
    } finally {
      for (const one of open.splice(0)) await one.close();
      fs.rmSync(dataDir, { recursive: true, force: true });
    }
  });
});

describe('limits of client keys', () => {
  const withKey =
    (key: object) =>
    (url: string): SettingsInput => ({
      clientKeys: [{ id: 'test', secret: { env: 'TEST_CLIENT_KEY' }, ...key }],
      endpoints: [{ id: 'e', baseUrl: url, models: ['gpt-4o', 'gpt-4o-mini', 'o3'] }],
    });

  it('rpm: 429 with Retry-After, and nothing upstream', async () => {
    const { upstream, gateway } = await setUp(withKey({ limits: { rpm: 1 } }));
    expect((await chat(gateway)).status).toBe(200);
    const refused = await chat(gateway);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(30);
    expect(await refused.json()).toMatchObject({
      error: { code: 'rate_limit_exceeded', type: 'rate_limit_error' },
    });
    expect(upstream.journal.entries).toHaveLength(1);
  });

  it('models: only those it may use, in requests and in the list', async () => {
    const { gateway } = await setUp(withKey({ models: ['gpt-*'] }));
    expect((await chat(gateway)).status).toBe(200);
    const refused = await chat(gateway, 'o3');
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ error: { code: 'model_not_allowed' } });
    const list = (await (await gateway.get('/v1/models')).json()) as { data: { id: string }[] };
    expect(list.data.map(({ id }) => id)).toEqual(['gpt-4o', 'gpt-4o-mini']);
  });

  it('switched off, or expired: 403', async () => {
    const off = await setUp(withKey({ enabled: false }));
    expect(await (await chat(off.gateway)).json()).toMatchObject({ error: { code: 'client_key_disabled' } });
    const old = await setUp(withKey({ expiresAt: '2020-01-01T00:00:00Z' }));
    expect((await chat(old.gateway)).status).toBe(403);
  });

  it('a budget stops the day when it is spent', async () => {
    const { gateway } = await setUp(withKey({ budgetUsdPerDay: 0.000001 }));
    expect((await chat(gateway)).status).toBe(200);
    await eventually(
      () => gateway.control.clientKeys.list(),
      ([key]) => (key?.spentUsdToday ?? 0) > 0,
    );
    const refused = await chat(gateway);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ error: { code: 'budget_exceeded' } });
  });
});
