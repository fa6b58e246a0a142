// Two whole gateways, each with a data folder and port of its own, and one Redis between them.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, describe, expect, it } from 'vitest';
import type { Limits } from '../../../main/contract/schemas/limits.ts';
import type { SettingsInput } from '../../../main/contract/schemas/settings.ts';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { createTestCore, eventually, type TestCore, testClientKey } from '../../fakes/testCore.ts';
import { needsRedis, type RedisServer, redisServerPath, startRedis, stopRedis } from './redisServer.ts';

const upstreamKey = 'upstream-canary-0123456789';
const password = 'redis-canary-0123456789';
const prompt = 'prompt-canary hello';

describe.skipIf(redisServerPath === null)(`two gateways and one Redis ${needsRedis}`, () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    await stopRedis();
  });

  async function setUp(settings: (url: string) => SettingsInput): Promise<{
    server: RedisServer;
    upstream: FakeUpstream;
    gateways: [TestCore, TestCore];
  }> {
    const server = await startRedis(['--requirepass', password]);
    const upstream = await createFakeUpstream();
    const redisUrl = server.url.replace('//', `//:${password}@`);
    const start = (): Promise<TestCore> =>
      createTestCore({ settings: settings(upstream.url), env: { A: upstreamKey }, platform: { redisUrl } });
    const gateways: [TestCore, TestCore] = [await start(), await start()];
    open.push(...gateways, upstream);
    for (const { logs } of gateways) {
      await eventually(
        () => logs.map(({ message }) => message),
        (lines) => lines.includes('limits are shared through Redis'),
      );
    }
    return { server, upstream, gateways };
  }

  const account =
    (limits: Partial<Limits>) =>
    (url: string): SettingsInput => ({
      endpoints: [
        { id: 'e', baseUrl: url, models: ['gpt-4o'], accounts: [{ id: 'a', secret: { env: 'A' } }], limits },
      ],
    });

  async function chat(gateway: TestCore): Promise<number> {
    const messages = [{ role: 'user', content: prompt }];
    const response = await gateway.post('/v1/chat/completions', { model: 'gpt-4o', messages });
    await response.arrayBuffer();
    return response.status;
  }

  const storm = (gateways: TestCore[], each: number): Promise<number[]> =>
    Promise.all(gateways.flatMap((one) => Array.from({ length: each }, () => chat(one))));

  const problems = async ({ control }: TestCore): Promise<string[]> =>
    (await control.gateway.status()).problems.map(({ code }) => code);

  it('let exactly the limit of an account through together, and leave no secret in Redis or in a log', async () => {
    const { server, upstream, gateways } = await setUp(account({ rpm: 100 }));
    // In batches: what is to be shown is the limit, not how fast this machine starts 500 requests.
    const statuses: number[] = [];
    for (let batch = 0; batch < 5; batch++) statuses.push(...(await storm(gateways, 50)));
    expect(upstream.journal.entries).toHaveLength(100);
    expect(statuses.filter((status) => status === 200)).toHaveLength(100);
    expect(statuses.filter((status) => status === 503)).toHaveLength(400);
    const admin = server.admin({ password });
    const dumps = await Promise.all((await admin.keys('*')).map(async (key) => key + (await dump(key))));
    async function dump(key: string): Promise<string> {
      if ((await admin.type(key)) === 'hash') return JSON.stringify(await admin.hgetall(key));
      return (await admin.dumpBuffer(key))?.toString('latin1') ?? '';
    }
    const texts = [...dumps, ...gateways.map(({ logs }) => JSON.stringify(logs))].join('\n');
    expect(dumps.length).toBeGreaterThan(3);
    expect(texts).not.toContain('canary');
    expect(texts).not.toContain(testClientKey);
  });

  it('share the limit of a client key', async () => {
    const { upstream, gateways } = await setUp((url) => ({
      ...account({})(url),
      clientKeys: [{ id: 'test', secret: { env: 'TEST_CLIENT_KEY' }, limits: { rpd: 30 } }],
    }));
    const statuses = await storm(gateways, 40);
    expect(upstream.journal.entries).toHaveLength(30);
    expect(statuses.filter((status) => status === 429)).toHaveLength(50);
  });

  it('answer without a wait while Redis hangs, say so, and share again afterwards', async () => {
    const { server, upstream, gateways } = await setUp(account({ rpd: 60 }));
    expect(await storm(gateways, 5)).toEqual(Array(10).fill(200));
    server.pause();
    const lag = monitorEventLoopDelay({ resolution: 5 });
    lag.enable();
    for (const gateway of gateways) {
      const start = performance.now();
      expect(await chat(gateway)).toBe(200);
      expect(performance.now() - start).toBeLessThan(350 + lag.max / 1e6);
      await eventually(
        () => problems(gateway),
        (codes) => codes.includes('limits-not-shared'),
      );
    }
    lag.disable();
    server.resume();
    for (const gateway of gateways) {
      await eventually(
        () => problems(gateway),
        (codes) => !codes.includes('limits-not-shared'),
      );
    }
    // 12 are used; of the remaining 48 not one more goes through than there are.
    await storm(gateways, 40);
    expect(upstream.journal.entries).toHaveLength(60);
  });

  it('start and serve where there never was a Redis', async () => {
    const upstream = await createFakeUpstream();
    const gateway = await createTestCore({
      settings: account({ rpd: 3 })(upstream.url),
      env: { A: upstreamKey },
      platform: { redisUrl: `redis://:${password}@127.0.0.1:1` },
    });
    open.push(gateway, upstream);
    expect(await storm([gateway], 5).then((all) => all.filter((status) => status === 200))).toHaveLength(3);
    await eventually(
      () => problems(gateway),
      (codes) => codes.includes('limits-not-shared'),
    );
    expect(JSON.stringify(gateway.logs)).not.toContain('canary');
  });
});
