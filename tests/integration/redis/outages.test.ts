import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, describe, expect, it } from 'vitest';
import type { Limits } from '../../../main/contract/schemas/limits.ts';
import { eventually } from '../../fakes/testCore.ts';
import { closeGateways, createGateway, createPair, settled, type TestGateway } from './gateways.ts';
import { freePort, needsRedis, redisServerPath, startRedis, stopRedis } from './redisServer.ts';

describe.skipIf(redisServerPath === null)(`when Redis is away ${needsRedis}`, () => {
  afterEach(async () => {
    await closeGateways();
    await stopRedis();
  });

  /** How many of `tries` calls, one after another, are let through; each is settled. */
  async function count(gateway: TestGateway, limits: Partial<Limits>, tries: number): Promise<number> {
    let passed = 0;
    for (let call = 0; call < tries; call++) {
      const taken = await gateway.take(limits);
      taken?.settle(settled);
      if (taken) passed += 1;
    }
    return passed;
  }

  const connected = (gateway: TestGateway, wanted = true): Promise<boolean> =>
    eventually(
      () => gateway.shared.connected,
      (is) => is === wanted,
    );

  /** Two gateways lose Redis to `cause`, go on alone, and share again after `cure`. */
  async function throughTrouble(
    pair: TestGateway[],
    trouble: { cause: () => unknown; cure: () => unknown; said: RegExp },
  ): Promise<void> {
    await trouble.cause();
    for (const one of pair) {
      await eventually(
        async () => {
          await count(one, {}, 1);
          await count(one, { rpm: 1_000 }, 1);
          return one.troubles.at(-1) ?? '';
        },
        (last) => trouble.said.test(last),
      );
      expect(one.shared.connected).toBe(false);
      // A scope nobody has used: the share of two gateways of 4.
      expect(await count(one, { rpd: 4 }, 3)).toBe(0);
    }
    await trouble.cure();
    for (const one of pair) {
      await connected(one);
      expect(one.troubles.at(-1)).toBeNull();
    }
  }

  it('starts without it, tells once, and shares what it counted as soon as it is there', async () => {
    const port = await freePort();
    const url = `redis://127.0.0.1:${port}`;
    const early = createGateway(url);
    expect(early.shared.connected).toBe(false);
    expect(await count(early, { rpd: 5 }, 7)).toBe(5);
    await eventually(
      () => early.troubles.length,
      (told) => told > 0,
    );
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(early.troubles).toEqual([expect.stringContaining('ECONNREFUSED')]);
    await startRedis([], port);
    await connected(early);
    expect(early.troubles).toEqual([expect.any(String), null]);
    const late = createGateway(url);
    await late.ready();
    expect(await late.refusal({ rpd: 5 })).toMatchObject({ limit: 'rpd' });
    expect(await late.refusal({ rpm: 5 })).toMatchObject({ limit: 'rpm' });
    expect(await late.refusal({ tpm: 50 })).toMatchObject({ limit: 'tpm' });
    expect(await count(late, { rpd: 7, rpm: 7 }, 5)).toBe(2);
  });

  it('dies and comes back empty: shares meanwhile, and no count is lost', async () => {
    const server = await startRedis();
    const [one, other] = await createPair(server.url);
    expect(await count(one, { rpd: 20 }, 8)).toBe(8);
    expect(await count(other, { rpd: 20 }, 4)).toBe(4);
    const held = await one.take({}, 10);
    expect(held).not.toBeNull();
    await server.kill();
    await connected(one, false);
    await connected(other, false);
    // Half of 20 each: one has 9 already.
    expect(await count(one, { rpd: 20 }, 5)).toBe(1);
    expect(await count(other, { rpd: 20 }, 9)).toBe(6);
    await startRedis([], server.port);
    await connected(one);
    await connected(other);
    expect(await other.refusal({ rpd: 20 })).toMatchObject({ limit: 'rpd' });
    expect(await one.refusal({ rpd: 20 })).toMatchObject({ limit: 'rpd' });
    expect(await other.refusal({ rpm: 20 })).toMatchObject({ limit: 'rpm' });
    expect(await other.refusal({ concurrent: 1 })).toMatchObject({ limit: 'concurrent' });
    expect(await count(other, { rpd: 21, rpm: 21, tpd: 210 }, 2)).toBe(1);
    held?.settle(settled);
    await eventually(
      () => count(other, { concurrent: 1 }, 1),
      (passed) => passed === 1,
    );
  });

  it('hangs: nobody waits longer than a command may take, and then nobody waits at all', async () => {
    const server = await startRedis();
    const [one, other] = await createPair(server.url);
    expect(await count(other, { rpd: 40, rpm: 40 }, 3)).toBe(3);
    const lag = monitorEventLoopDelay({ resolution: 5 });
    lag.enable();
    server.pause();
    const waits = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const start = performance.now();
        const call = await one.take({ rpd: 40, rpm: 40, concurrent: 60 });
        call?.settle(settled);
        return { ms: performance.now() - start, passed: call !== null };
      }),
    );
    lag.disable();
    expect(Math.max(...waits.map(({ ms }) => ms))).toBeLessThan(300 + lag.max / 1e6);
    expect(waits.filter(({ passed }) => passed)).toHaveLength(20);
    const start = performance.now();
    expect(await count(one, { rpd: 44 }, 2)).toBe(2);
    expect(performance.now() - start).toBeLessThan(100 + lag.max / 1e6);
    await eventually(
      () => one.troubles,
      (told) => told.length === 1,
    );
    server.resume();
    await connected(one);
    await connected(other);
    // 3 and 22 calls, each once, though 50 were sent to a Redis that only found time for them now.
    expect(await count(other, { rpd: 26, rpm: 26, tpd: 260, tpm: 260, concurrent: 1 }, 3)).toBe(1);
    expect(await count(one, { rpd: 26 }, 1)).toBe(0);
    const [key = ''] = await server.admin().keys('sluice:*:calls:*');
    expect(await server.admin().hlen(key)).toBe(0);
  });

  it('is slow once: not a word, and the counts stay whole', async () => {
    const server = await startRedis(['--enable-debug-command', 'yes']);
    const gateway = createGateway(server.url, { heartbeatMs: 60_000 });
    await gateway.ready();
    const admin = server.admin();
    await admin.ping();
    const nap = admin.call('DEBUG', 'SLEEP', '0.35');
    expect(await count(gateway, { rpd: 10 }, 1)).toBe(1);
    expect(gateway.shared.connected).toBe(false);
    await nap;
    await connected(gateway);
    expect(gateway.troubles).toEqual([]);
    expect(await count(createGateway(server.url), { rpd: 10 }, 0)).toBe(0);
    const other = createGateway(server.url);
    await other.ready();
    await eventually(
      () => count(other, { rpd: 3 }, 3),
      (passed) => passed < 3,
    );
  });

  it('is full, becomes a replica, wants a password: the limits go on, and it is said why', async () => {
    const server = await startRedis();
    const pair = await createPair(server.url);
    const admin = server.admin();
    const set = (name: string, value: string) => () => admin.config('SET', name, value);
    for (const one of pair) await count(one, { rpd: 10 }, 4);
    await throughTrouble(pair, {
      cause: set('maxmemory', '1'),
      cure: set('maxmemory', '0'),
      said: /maxmemory/,
    });
    await throughTrouble(pair, {
      cause: () => admin.replicaof('127.0.0.1', '1'),
      cure: () => admin.replicaof('NO', 'ONE'),
      said: /replica/,
    });
    await throughTrouble(pair, {
      cause: async () => {
        await admin.config('SET', 'requirepass', 'hunter2-canary');
        await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      },
      cure: set('requirepass', ''),
      said: /wants a password/,
    });
    expect(await pair[0]?.refusal({ rpd: 4 })).toMatchObject({ limit: 'rpd' });
  });

  it('refuses the password of the URL: the limits go on, and no log line holds it', async () => {
    const server = await startRedis(['--requirepass', 'right-canary']);
    const wrong = createGateway(server.url.replace('//', '//:wrong-canary@'));
    expect(await count(wrong, { rpd: 3 }, 4)).toBe(3);
    const told = await eventually(
      () => wrong.troubles.at(-1) ?? '',
      (last) => /password/.test(last),
    );
    expect(told + wrong.logs.join()).not.toContain('canary');
    const right = createGateway(server.url.replace('//', '//default:right-canary@'));
    await right.ready();
    expect(await count(right, { rpd: 3 }, 4)).toBe(3);
    expect(right.logs.join()).not.toContain('canary');
  });

  it('needs few rights, on its own keys only', async () => {
    const server = await startRedis();
    const rights = ['~sluice:*', '+@hash', '+@sortedset', '+@scripting', '+@connection'];
    const more = ['+time', '+type', '+get', '+set', '+del', '+pexpire', '+pttl'];
    await server.admin().acl('SETUSER', 'sluice', 'on', '>canary-pass', ...rights, ...more);
    const url = server.url.replace('//', '//sluice:canary-pass@');
    const gateway = createGateway(url);
    await gateway.ready();
    expect(await count(gateway, { rpd: 3, rpm: 5, tpm: 500, concurrent: 2 }, 4)).toBe(3);
    const elsewhere = createGateway(url, { prefix: 'other:' });
    await eventually(
      () => elsewhere.troubles.at(-1) ?? '',
      (last) => /may not/.test(last),
    );
  });

  it('forgets everything at once: it is told again', async () => {
    const server = await startRedis();
    const pair = await createPair(server.url);
    const [one, other] = pair;
    expect(await count(one, { rpd: 20, rpm: 20 }, 8)).toBe(8);
    expect(await count(other, { rpd: 20 }, 7)).toBe(7);
    const held = await eventually(
      () => one.take({ concurrent: 1 }),
      (taken) => taken !== null,
    );
    const admin = server.admin();
    await admin.flushall();
    await admin.script('FLUSH');
    await eventually(
      async () => {
        const [key = ''] = await admin.keys('sluice:*:day:*');
        return await admin.hkeys(key);
      },
      (told) => told.length === 3,
    );
    for (const one of pair) await connected(one);
    expect(await other.refusal({ rpd: 16 })).toMatchObject({ limit: 'rpd' });
    expect(await other.refusal({ concurrent: 1 })).toMatchObject({ limit: 'concurrent' });
    expect(await one.refusal({ rpd: 16 })).toMatchObject({ limit: 'rpd' });
    expect(await other.refusal({ rpm: 16 })).toMatchObject({ limit: 'rpm' });
    held?.settle(settled);
    expect(await count(one, { rpd: 17 }, 3)).toBe(1);
    expect(pair.flatMap(({ troubles }) => troubles)).toEqual([]);
  });

  it('keeps the running day when the quota time zone changes', async () => {
    const server = await startRedis();
    let zone = 'Pacific/Midway';
    const [one, other] = await createPair(server.url, { timeZone: () => zone });
    expect(await count(one, { rpd: 5 }, 3)).toBe(3);
    expect(await count(other, { rpd: 5 }, 2)).toBe(2);
    // Twenty-five hours apart: the day always has another name.
    zone = 'Pacific/Kiritimati';
    await eventually(
      () => server.admin().keys('sluice:*:day:*'),
      (days) => days.length === 2,
    );
    await eventually(
      () => one.take({ rpd: 5 }).then((call) => call?.refund() ?? null),
      (refused) => refused === null,
    );
    expect(await count(other, { rpd: 5 }, 2)).toBe(0);
    expect(await count(one, { rpd: 6 }, 2)).toBe(1);
  });

  it('is gone when the gateway stops: closing takes no longer than a command', async () => {
    const server = await startRedis();
    const [one, other] = await createPair(server.url);
    (await one.take({ rpd: 1 }))?.settle(settled);
    await one.shared.close();
    expect(await server.admin().zcard('sluice:gateways')).toBe(1);
    expect(await other.take({ rpd: 1 })).toBeNull();
    expect(
      await one.shared.take('account:a', { rpm: 1, rpd: 1, tpm: 1, tpd: 1, concurrent: 1 }, 1),
    ).toBeNull();
    server.pause();
    const start = performance.now();
    await other.shared.close();
    expect(performance.now() - start).toBeLessThan(600);
  });
});
