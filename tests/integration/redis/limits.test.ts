import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/base/clock.ts';
import type { Limits } from '../../../main/contract/schemas/limits.ts';
import { createLedger, isReservation, type Reservation } from '../../../main/guards/ledger.ts';
import { scripts } from '../../../main/store/redis/scripts.ts';
import { eventually } from '../../fakes/testCore.ts';
import { closeGateways, createGateway, createPair, none, settled, type TestGateway } from './gateways.ts';
import { needsRedis, type RedisServer, redisServerPath, startRedis, stopRedis } from './redisServer.ts';

describe.skipIf(redisServerPath === null)(`limits of several gateways ${needsRedis}`, () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterEach(async () => {
    await closeGateways();
    await server.admin().flushall();
  });
  afterAll(stopRedis);

  /** All at once from every gateway; those let through. */
  async function storm(
    gateways: TestGateway[],
    each: number,
    limits: Partial<Limits>,
  ): Promise<Reservation[]> {
    const calls = gateways.flatMap((one) => Array.from({ length: each }, () => one.take(limits)));
    return (await Promise.all(calls)).filter((one) => one !== null);
  }

  // Exactness is what counts here, on a machine however busy.
  const patient = { commandMs: 10_000 };

  it.each(['rpm', 'rpd', 'concurrent'] as const)(
    '%s 100 lets exactly 100 of 1,000 parallel calls through',
    async (name) => {
      const pair = await createPair(server.url, patient);
      expect(await storm(pair, 500, { [name]: 100 })).toHaveLength(100);
      expect(pair.flatMap((one) => one.troubles)).toEqual([]);
    },
  );

  it.each(['tpm', 'tpd'] as const)('%s 1,000 lets exactly 100 calls of 10 tokens through', async (name) => {
    const pair = await createPair(server.url, patient);
    expect(await storm(pair, 500, { [name]: 1_000 })).toHaveLength(100);
  });

  it.each(['rpm', 'rpd', 'tpm', 'tpd'] as const)(
    '%s is exact where clocks are 90 s apart either way',
    async (name) => {
      const pair = await createPair(
        server.url,
        { ...patient, skewMs: 90_000 },
        { ...patient, skewMs: -90_000 },
      );
      const limit = name.startsWith('t') ? 500 : 50;
      expect(await storm(pair, 200, { [name]: limit })).toHaveLength(50);
    },
  );

  it('a minute is over after sixty seconds and not before, by the clock of Redis', async () => {
    const gateway = createGateway(server.url);
    await gateway.ready();
    const others = createGateway(server.url, { skewMs: 90_000 });
    await others.ready();
    await gateway.take({ rpm: 1 });
    const admin = server.admin();
    const [key = ''] = await admin.keys('sluice:*:minute');
    const [second = ''] = await admin.hkeys(key);
    const age = async (seconds: number): Promise<void> => {
      await admin.del(key);
      await admin.hset(key, `${Number(second) - seconds}`, '1 10');
    };
    // The second that runs is not over either; leave room for the test itself.
    await age(50);
    expect((await others.refusal({ rpm: 1 })).limit).toBe('rpm');
    await age(61);
    expect(await others.take({ rpm: 1 })).not.toBeNull();
  });

  it('says when there is room again in the time of the gateway that asks', async () => {
    const skewMs = 90_000;
    const [ahead, other] = await createPair(server.url, { skewMs }, {});
    expect(await other.take({ rpm: 1, rpd: 10 }, 10)).not.toBeNull();
    const now = systemClock.now();
    const minute = await ahead.refusal({ rpm: 1 });
    expect(minute).toMatchObject({ limit: 'rpm', allowed: 1 });
    expect(minute.until).toBeGreaterThan(now + skewMs + 55_000);
    expect(minute.until).toBeLessThanOrEqual(now + skewMs + 62_000);
    const day = await ahead.refusal({ rpd: 1 });
    const midnight = Math.ceil(now / 86_400_000) * 86_400_000;
    expect(day).toMatchObject({ limit: 'rpd', allowed: 1 });
    expect(Math.abs((day.until ?? 0) - (midnight + skewMs))).toBeLessThan(2_000);
    const held = await other.take({ concurrent: 5 }, 1, 'account:openai/a2');
    expect(await ahead.refusal({ concurrent: 1 }, 1, 'account:openai/a2')).toEqual({
      limit: 'concurrent',
      allowed: 1,
      until: null,
    });
    held?.refund();
  });

  it('gives places back at once: settled calls free theirs, refunded ones leave no trace', async () => {
    const [one, other] = await createPair(server.url);
    for (let turn = 0; turn < 20; turn++) {
      const call = await one.take({ concurrent: 1 });
      expect(call).not.toBeNull();
      call?.settle(settled);
    }
    const call = await eventually(
      () => other.take({ concurrent: 1, rpd: 21 }),
      (taken) => taken !== null,
    );
    expect(await one.take({ rpd: 21 })).toBeNull();
    call?.refund();
    await eventually(
      () => one.take({ rpd: 21, concurrent: 1 }),
      (again) => again !== null,
    );
    expect(await other.take({ rpd: 21 })).toBeNull();
  });

  it('replaces the estimate by what was used, in the minute and in the day', async () => {
    const [one, other] = await createPair(server.url);
    const call = await one.take({ tpm: 1_000, tpd: 1_000 }, 900);
    expect(await other.take({ tpm: 1_000 }, 200)).toBeNull();
    expect(await other.take({ tpd: 1_000 }, 200)).toBeNull();
    call?.settle({ tokens: 100, costUsd: 0 });
    await eventually(
      () => other.take({ tpm: 1_000, tpd: 1_000 }, 900),
      (taken) => taken !== null,
    );
    expect(await one.take({ tpm: 1_000 }, 1)).toBeNull();
    expect(await one.take({ tpd: 1_000 }, 1)).toBeNull();
  });

  it('heeds the first word on a call only', async () => {
    const [one, other] = await createPair(server.url);
    const call = await one.take({ tpd: 100 }, 50);
    call?.settle({ tokens: 20, costUsd: 0 });
    call?.settle({ tokens: 70, costUsd: 0 });
    call?.refund();
    await eventually(
      () => other.take({ tpd: 100, rpd: 2 }, 80),
      (taken) => taken !== null,
    );
    expect(await other.refusal({ rpd: 2 })).toMatchObject({ limit: 'rpd' });
  });

  it('an old word that arrives late takes nothing back', async () => {
    const admin = server.admin();
    const keys = ['a:minute', 'a:leases', 'a:day', 'a:calls'];
    const tell = (...settled: number[]) =>
      admin.eval(scripts.tell, 4, ...keys, '0123456789abcdef', ...settled, 1_000, 60_000, 0, 0, 0);
    await tell(5, 50, 500);
    await tell(3, 60, 300);
    expect(await admin.hgetall('a:day')).toEqual({ '0123456789abcdef': '5 60 500' });
  });

  it('lets one call larger than the token limit pass when nothing else is counted anywhere', async () => {
    const [one, other] = await createPair(server.url);
    expect(await one.take({ tpm: 100 }, 5_000)).not.toBeNull();
    expect(await other.take({ tpm: 100 }, 1)).toBeNull();
    expect(await other.take({ tpd: 10_000 }, 6_000)).toBeNull();
  });

  it('knows what the others have spent', async () => {
    const [one, other] = await createPair(server.url);
    const scope = 'clientKey:default';
    (await one.take({}, 10, scope))?.settle({ tokens: 10, costUsd: 1.25 });
    (await other.take({ rpm: 50 }, 10, scope))?.settle({ tokens: 10, costUsd: 0.5 });
    for (const gateway of [one, other]) {
      await eventually(
        async () => {
          (await gateway.take({}, 1, scope))?.settle({ tokens: 1, costUsd: 0 });
          return gateway.ledger.spentToday(scope);
        },
        (usd) => usd === 1.75,
      );
    }
  });

  it('counts calls of a scope without limits, and asks nobody for them', async () => {
    const [one, other] = await createPair(server.url);
    for (let call = 0; call < 5; call++) {
      const result = one.ledger.reserve('account:openai/a1', none, 10);
      expect(result).not.toBeInstanceOf(Promise);
      if (!(result instanceof Promise) && isReservation(result) && call > 0) result.settle(settled);
    }
    const seen = await eventually(
      () => other.refusal({ rpd: 5 }).catch(() => null),
      (refused) => refused !== null,
    );
    expect(seen?.limit).toBe('rpd');
  });

  it('decides as one process would', async () => {
    const gateway = createGateway(server.url, patient);
    await gateway.ready();
    const limit = fc.constantFrom(-1, 1, 2, 5, 60);
    const step = fc.record({
      what: fc.constantFrom('take', 'take', 'settle', 'refund'),
      tokens: fc.integer({ min: 0, max: 40 }),
      which: fc.nat(),
    });
    let scopes = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.record({ rpm: limit, rpd: limit, tpm: limit, tpd: limit, concurrent: limit }),
        fc.array(step, { maxLength: 25 }),
        async (limits, steps) => {
          const scope = `account:${scopes++}`;
          const model = createLedger({
            clock: systemClock,
            sink: { count() {}, addCall() {} },
            timeZone: 'UTC',
          });
          const open: { mine: Reservation; shared: { settle(use: object): void } }[] = [];
          for (const { what, tokens, which } of steps) {
            if (what === 'take') {
              const expected = model.reserve(scope, limits, tokens);
              const actual = await gateway.shared.take(scope, limits, tokens);
              expect(actual).not.toBeNull();
              if (isReservation(expected)) {
                expect(actual).toHaveProperty('settle');
                open.push({ mine: expected, shared: actual as never });
              } else {
                expect(actual).toMatchObject({ limit: expected.limit, allowed: expected.allowed });
              }
              continue;
            }
            const [call] = open.length > 0 ? open.splice(which % open.length, 1) : [];
            if (what === 'settle') call?.mine.settle({ tokens, costUsd: 0 });
            else call?.mine.refund();
            call?.shared.settle({ requests: what === 'settle' ? 1 : 0, tokens, costUsd: 0 });
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
