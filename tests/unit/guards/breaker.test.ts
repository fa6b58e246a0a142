import { describe, expect, it } from 'vitest';
import { createBreaker } from '../../../main/guards/breaker.ts';

const steady = (): number => 0.5; // no jitter

function fail(breaker: ReturnType<typeof createBreaker>, times: number, now = 0): void {
  for (let count = 0; count < times; count++) {
    expect(breaker.tryEnter(now, false)).toBe(true);
    breaker.failed(now, 'status 500');
  }
}

describe('breaker', () => {
  it('opens after four failures in a row, for 30 s', () => {
    const breaker = createBreaker(steady);
    fail(breaker, 3);
    expect(breaker.openUntil(0)).toBeNull();
    fail(breaker, 1);
    expect(breaker.openUntil(0)).toBe(30_000);
    expect(breaker.tryEnter(29_999, false)).toBe(false);
  });

  it('opens when half of ten in a minute fail, though never four in a row', () => {
    const breaker = createBreaker(steady);
    for (let round = 0; round < 5; round++) {
      breaker.tryEnter(round, false);
      breaker.succeeded(round);
      breaker.tryEnter(round, false);
      breaker.failed(round, 'x');
    }
    expect(breaker.openUntil(5)).not.toBeNull();
  });

  it('forgets failures older than a minute', () => {
    const breaker = createBreaker(steady);
    for (let round = 0; round < 20; round++) {
      breaker.tryEnter(round * 31_000, false);
      if (round % 2) breaker.failed(round * 31_000, 'x');
      else breaker.succeeded(round * 31_000);
    }
    expect(breaker.openUntil(20 * 31_000)).toBeNull();
  });

  it('half-open lets one probe through; its success closes, its failure opens for longer', () => {
    const breaker = createBreaker(steady);
    fail(breaker, 4);
    expect(breaker.tryEnter(30_000, false)).toBe(true);
    expect(breaker.tryEnter(30_000, false)).toBe(false);
    breaker.failed(30_000, 'still');
    expect(breaker.openUntil(30_000)).toBe(90_000);
    expect(breaker.tryEnter(90_000, false)).toBe(true);
    breaker.succeeded(90_000);
    expect(breaker.openUntil(90_000)).toBeNull();
    fail(breaker, 3, 90_001);
    expect(breaker.openUntil(90_001)).toBeNull();
  });

  it('never stays open longer than five minutes and a fifth', () => {
    const breaker = createBreaker(() => 1);
    let now = 0;
    fail(breaker, 4);
    for (let round = 0; round < 20; round++) {
      now = breaker.openUntil(now) ?? now;
      breaker.tryEnter(now, false);
      breaker.failed(now, 'x');
    }
    expect((breaker.openUntil(now) ?? 0) - now).toBeLessThanOrEqual(360_000);
  });

  it('lets a forced probe through early, but only one at a time, and a released one counts for nothing', () => {
    const breaker = createBreaker(steady);
    fail(breaker, 4);
    expect(breaker.tryEnter(1, true)).toBe(true);
    expect(breaker.tryEnter(1, true)).toBe(false);
    breaker.released();
    expect(breaker.openUntil(1)).toBe(30_000);
    expect(breaker.tryEnter(1, true)).toBe(true);
  });

  it('a late failure of a call from before does not prolong the open circuit', () => {
    const breaker = createBreaker(steady);
    breaker.tryEnter(0, false);
    fail(breaker, 4);
    breaker.failed(10_000, 'late');
    expect(breaker.openUntil(10_000)).toBe(30_000);
  });
});
