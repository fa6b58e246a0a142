import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Limits } from '../../../main/contract/schemas/limits.ts';
import {
  createLedger,
  isReservation,
  type LocalLedger,
  type Reservation,
} from '../../../main/guards/ledger.ts';
import { createFakeClock } from '../../fakes/fakeClock.ts';

const none: Limits = { rpm: -1, rpd: -1, tpm: -1, tpd: -1, concurrent: -1 };

function setUp(start?: number, timeZone = 'UTC') {
  const clock = createFakeClock(start);
  const counts: { scope: string; day: string; requests: number; tokens: number; costUsd: number }[] = [];
  const calls: { scope: string; time: number; tokens: number }[] = [];
  const sink = {
    count: (delta: (typeof counts)[0]) => void counts.push(delta),
    addCall: (call: (typeof calls)[0]) => void calls.push(call),
  };
  return { clock, counts, calls, ledger: createLedger({ clock, sink, timeZone }) };
}

function take(ledger: LocalLedger, limits: Partial<Limits>, tokens = 10): Reservation | null {
  const result = ledger.reserve('a', { ...none, ...limits }, tokens);
  return isReservation(result) ? result : null;
}

describe('ledger', () => {
  it('lets exactly the limit through when all come at once', () => {
    const { ledger } = setUp();
    const passed = Array.from({ length: 500 }, () => take(ledger, { rpm: 100 })).filter(
      (one) => one !== null,
    );
    expect(passed).toHaveLength(100);
  });

  it('never lets more than the limit through in any 60 seconds', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9_000 }), { minLength: 50, maxLength: 150 }), (gaps) => {
        const { ledger, clock } = setUp();
        const passed: number[] = [];
        for (const gap of gaps) {
          clock.advance(gap);
          if (take(ledger, { rpm: 7 })) passed.push(clock.now());
        }
        for (const at of passed)
          expect(passed.filter((other) => other > at - 60_000 && other <= at).length).toBeLessThanOrEqual(7);
      }),
    );
  });

  it('says when the minute has room again, and is right', () => {
    const { ledger, clock } = setUp();
    for (let count = 0; count < 3; count++) {
      take(ledger, { rpm: 3 });
      clock.advance(5_000);
    }
    const reached = ledger.check('a', { ...none, rpm: 3 }, 1);
    expect(reached?.limit).toBe('rpm');
    clock.set((reached?.until ?? 0) - 1);
    expect(take(ledger, { rpm: 3 })).toBeNull();
    clock.set(reached?.until ?? 0);
    expect(take(ledger, { rpm: 3 })).not.toBeNull();
  });

  it('0 is off, -1 is no limit', () => {
    const { ledger } = setUp();
    for (const name of ['rpm', 'rpd', 'tpm', 'tpd', 'concurrent'] as const) {
      expect(take(ledger, { [name]: 0 }), name).toBeNull();
      expect(take(ledger, { [name]: -1 }), name).not.toBeNull();
    }
  });

  it('counts a day from midnight to midnight of the zone, and does not start anew when the clock is set back', () => {
    const midnight = Date.UTC(2026, 5, 16, 7); // Los Angeles
    const { ledger, clock } = setUp(midnight - 1_000, 'America/Los_Angeles');
    expect(take(ledger, { rpd: 1 })).not.toBeNull();
    expect(ledger.check('a', { ...none, rpd: 1 }, 1)).toEqual({ limit: 'rpd', allowed: 1, until: midnight });
    clock.advance(1_000);
    expect(take(ledger, { rpd: 1 })).not.toBeNull();
    clock.set(midnight - 3_600_000);
    expect(take(ledger, { rpd: 1 })).toBeNull();
  });

  it('counts minutes on when the clock is set back, and lets them end', () => {
    const { ledger, clock } = setUp();
    expect(take(ledger, { rpm: 2 })).not.toBeNull();
    clock.set(clock.now() - 3_600_000);
    expect(take(ledger, { rpm: 2 })).not.toBeNull();
    expect(take(ledger, { rpm: 2 })).toBeNull();
    const until = ledger.check('a', { ...none, rpm: 2 }, 1)?.until ?? 0;
    expect(until - clock.now()).toBeGreaterThan(0);
    expect(until - clock.now()).toBeLessThanOrEqual(61_000);
    clock.advance(until - clock.now());
    expect(take(ledger, { rpm: 2 })).not.toBeNull();
  });

  it('replaces the estimate by the real use, in the day the call began in', () => {
    const { ledger, clock, counts, calls } = setUp(Date.UTC(2026, 5, 15, 23, 59, 59));
    const began = clock.now();
    const call = take(ledger, {}, 1_000);
    expect(ledger.usage('a')).toMatchObject({ rpm: 1, tpm: 1_000, tpd: 1_000, concurrent: 1 });
    clock.advance(5_000);
    call?.settle({ tokens: 40, costUsd: 0.5 });
    call?.settle({ tokens: 999, costUsd: 9 });
    expect(ledger.usage('a')).toMatchObject({ rpm: 1, rpd: 0, tpm: 40, tpd: 0, concurrent: 0 });
    expect(counts).toEqual([{ scope: 'a', day: '2026-06-15', requests: 1, tokens: 40, costUsd: 0.5 }]);
    expect(calls).toEqual([{ scope: 'a', time: began, tokens: 40 }]);
  });

  it('a refund leaves no trace', () => {
    const { ledger, counts } = setUp();
    take(ledger, {}, 50)?.refund();
    expect(ledger.usage('a')).toEqual({ rpm: 0, rpd: 0, tpm: 0, tpd: 0, concurrent: 0 });
    expect(counts).toEqual([]);
  });

  it('lets one call larger than the token limit pass when nothing else runs', () => {
    const { ledger } = setUp();
    expect(take(ledger, { tpm: 100 }, 5_000)).not.toBeNull();
    expect(take(ledger, { tpm: 100 }, 1)).toBeNull();
  });

  it('frees a place when a call ends', () => {
    const { ledger } = setUp();
    const first = take(ledger, { concurrent: 1 });
    expect(take(ledger, { concurrent: 1 })).toBeNull();
    first?.settle({ tokens: 1, costUsd: 0 });
    expect(take(ledger, { concurrent: 1 })).not.toBeNull();
  });

  it('takes over what an earlier process had counted', () => {
    const { ledger, clock } = setUp();
    const now = clock.now();
    ledger.restore({
      days: [
        { scope: 'a', day: '2026-06-15', requests: 5, tokens: 70, costUsd: 1.5 },
        { scope: 'a', day: '2026-06-14', requests: 99, tokens: 99, costUsd: 99 },
      ],
      calls: [
        { scope: 'a', time: now - 30_000, tokens: 7 },
        { scope: 'a', time: now - 90_000, tokens: 7 },
      ],
    });
    expect(ledger.usage('a')).toEqual({ rpm: 1, rpd: 5, tpm: 7, tpd: 70, concurrent: 0 });
    expect(ledger.spentToday('a')).toBe(1.5);
  });

  it('keeps the running day when the zone changes', () => {
    const { ledger } = setUp();
    take(ledger, {});
    ledger.setTimeZone('Pacific/Kiritimati');
    expect(ledger.usage('a').rpd).toBe(1);
  });

  it('hands the running day over to its new name, calls under way included', () => {
    const { ledger, counts } = setUp(Date.UTC(2026, 5, 15, 12));
    take(ledger, {}, 10)?.settle({ tokens: 5, costUsd: 0.5 });
    const underWay = take(ledger, {}, 10);
    ledger.setTimeZone('Pacific/Kiritimati');
    underWay?.settle({ tokens: 7, costUsd: 0.25 });
    const sum = (name: string) => {
      const of = counts.filter(({ day }) => day === name);
      const add = (field: 'requests' | 'tokens' | 'costUsd') => of.reduce((all, one) => all + one[field], 0);
      return { requests: add('requests'), tokens: add('tokens'), costUsd: add('costUsd') };
    };
    expect(sum('2026-06-15')).toEqual({ requests: 0, tokens: 0, costUsd: 0 });
    expect(sum('2026-06-16')).toEqual({ requests: 2, tokens: 12, costUsd: 0.75 });
    expect(ledger.usage('a')).toMatchObject({ rpd: 2, tpd: 12 });
    expect(ledger.spentToday('a')).toBe(0.75);
  });

  it('lets the minute end of calls that a wrong clock wrote down ahead of time', () => {
    const { ledger, clock } = setUp();
    const call = { scope: 'a', time: clock.now() + 1e9, tokens: 7 };
    ledger.restore({ days: [], calls: [call] });
    expect(take(ledger, { rpm: 1 })).toBeNull();
    clock.advance(61_000);
    expect(take(ledger, { rpm: 1 })).not.toBeNull();
    expect(take(ledger, { rpm: 1 })).toBeNull();
  });

  it('leaves a day that was days ahead, with what was counted in it', () => {
    const { ledger, clock, counts } = setUp(Date.UTC(2030, 0, 1, 12));
    take(ledger, { rpd: 1 })?.settle({ tokens: 5, costUsd: 1 });
    clock.set(Date.UTC(2026, 10, 20, 9));
    expect(ledger.check('a', { ...none, rpd: 1 }, 1)).toMatchObject({
      limit: 'rpd',
      until: Date.UTC(2026, 10, 21),
    });
    clock.set(Date.UTC(2026, 10, 21));
    take(ledger, { rpd: 1 })?.settle({ tokens: 5, costUsd: 1 });
    const sum = (name: string) =>
      counts.reduce((all, { day, requests }) => all + (day === name ? requests : 0), 0);
    expect(['2030-01-01', '2026-11-20', '2026-11-21'].map(sum)).toEqual([0, 1, 1]);
  });
});
