import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../fakes/testCore.ts';
import { closeGateways, createGateway, createPair, type TestGateway } from './gateways.ts';
import { needsRedis, type RedisServer, redisServerPath, startRedis, stopRedis } from './redisServer.ts';

const scope = 'account:canary-endpoint/canary-account@example.org';
const password = 'canary-password-0123456789';

describe.skipIf(redisServerPath === null)(`what lies in Redis ${needsRedis}`, () => {
  let server: RedisServer;
  let url: string;
  let admin: Redis;
  beforeAll(async () => {
    server = await startRedis(['--requirepass', password]);
    url = server.url.replace('//', `//:${password}@`);
    admin = server.admin({ password });
  });
  afterEach(async () => {
    await closeGateways();
    await admin.flushall();
  });
  afterAll(stopRedis);

  /** Every key and value as text. */
  async function dump(): Promise<string> {
    const lines: string[] = [];
    for (const key of await admin.keys('*')) {
      const type = await admin.type(key);
      const value =
        type === 'hash'
          ? await admin.hgetall(key)
          : type === 'zset'
            ? await admin.zrange(key, '0', '-1', 'WITHSCORES')
            : await admin.get(key);
      lines.push(`${key} ${JSON.stringify(value)}`);
    }
    return lines.join('\n');
  }

  async function keyOf(what: string): Promise<string> {
    const [key] = await admin.keys(`sluice:*:${what}*`);
    if (key === undefined) throw new Error(`no key ${what}`);
    return key;
  }

  it('is numbers below our prefix, each with an end: no secret, no name that somebody chose', async () => {
    const [one, other] = await createPair(url);
    const open = await one.take({ rpm: 5, concurrent: 4 }, 20, scope);
    (await other.take({ rpm: 5 }, 20, 'clientKey:canary-key'))?.settle({ tokens: 5, costUsd: 0.5 });
    await one.take({}, 20, scope);
    const text = await eventually(dump, (seen) => seen.includes('500000'));
    expect(text).not.toContain('canary');
    expect(text).not.toContain('example');
    expect(text).toMatch(/day:\d{4}-\d\d-\d\d/);
    for (const key of await admin.keys('*')) {
      expect(key).toMatch(/^sluice:/);
      const ttl = await admin.pttl(key);
      expect(ttl, key).toBeGreaterThan(0);
      expect(ttl, key).toBeLessThanOrEqual(2 * 86_400_000);
    }
    expect([...one.logs, ...other.logs].join('\n')).not.toContain('canary');
    open?.refund();
  });

  const rubbish = [
    'not json',
    '',
    '-5 -5',
    '-5 -5 -5',
    '99999999999999999999 99999999999999999999',
    '99999999999999999999 1 1',
    'NaN NaN',
    'inf 1 1',
    '1e9 1e9',
    '0x7f 1',
    '{"__proto__":1}',
    '1',
    '1 2 3 4',
    'x'.repeat(1_000_000),
  ];

  async function poisoned(poison: (gateway: TestGateway) => Promise<unknown>): Promise<TestGateway> {
    const gateway = createGateway(url);
    await gateway.ready();
    await gateway.take({ rpm: 2 }, 10, scope);
    await poison(gateway);
    const limits = { rpm: 3, rpd: 3, tpm: 40, tpd: 40, concurrent: 3 };
    const taken = await gateway.take(limits, 10, scope);
    expect(taken).not.toBeNull();
    expect(gateway.shared.connected).toBe(true);
    taken?.settle({ tokens: 10, costUsd: 0 });
    await eventually(
      () => gateway.logs.join('\n'),
      (lines) => lines.includes('no counts were ignored'),
    );
    expect(gateway.troubles).toEqual([]);
    const [minute, day] = [
      await admin.hgetall(await keyOf('minute')),
      await admin.hgetall(await keyOf('day')),
    ];
    for (const [field, value] of Object.entries(minute)) {
      expect(field).toMatch(/^\d{10}$/);
      expect(value).toMatch(/^[12] [12]0$/);
    }
    // A poisoned count of open calls begins anew: the call before it is missing there until it is settled.
    expect(Object.values(day).sort()).toEqual([expect.stringMatching(/^(0 0|1 10)$/), '1 10 0']);
    return gateway;
  }

  it.each(rubbish.map((value) => ({ value, name: value.slice(0, 40) })))(
    '"$name" as a count is ignored',
    async ({ value }) => {
      await poisoned(async () => {
        const minute = await keyOf('minute');
        const second = Math.floor(Date.now() / 1000);
        await admin.hset(minute, {
          [`${second - 5}`]: value,
          [value.slice(0, 50)]: '1 1',
          [`${second + 500}`]: '9 9',
        });
        const day = await keyOf('day');
        await admin.hset(day, {
          abcdefabcdefabcd: value,
          open: value === '1' ? 'x' : value.slice(0, 100),
          [value]: '1 1 1',
        });
      });
    },
  );

  it.each(['minute', 'leases', 'day', 'calls'])('a key "%s" of another type is made anew', async (what) => {
    await poisoned(async () => {
      const key = await keyOf(what);
      await admin.del(key);
      await admin.set(key, 'not json');
    });
  });

  it('rubbish about calls and gateways harms nobody', async () => {
    const gateway = createGateway(url);
    await gateway.ready();
    const call = await gateway.take({ concurrent: 9 }, 10, scope);
    const calls = await keyOf('calls');
    for (const id of await admin.hkeys(calls)) await admin.hset(calls, id, 'not json');
    call?.settle({ tokens: 10, costUsd: 0 });
    await admin.set('sluice:epoch', 'not json');
    await admin.zadd('sluice:gateways', '1e300', 'other', '-5', 'another', '+inf', 'last');
    await eventually(
      () => admin.zcard('sluice:gateways'),
      (count) => count === 1,
    );
    await admin.del('sluice:gateways');
    await admin.set('sluice:gateways', 'not json');
    await eventually(
      () => admin.type('sluice:gateways'),
      (type) => type === 'zset',
    );
    await admin.del('sluice:epoch');
    await admin.hset('sluice:epoch', 'not', 'json');
    await eventually(
      () => admin.type('sluice:epoch'),
      (type) => type === 'string',
    );
    expect(await gateway.take({ concurrent: 1 }, 10, scope)).not.toBeNull();
    expect(gateway.troubles).toEqual([]);
    expect(gateway.shared.gateways).toBe(1);
  });
});
