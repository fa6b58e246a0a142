import type { Clock } from '../../main/base/clock.ts';

/** A clock that stands still until it is told otherwise. */
export interface FakeClock extends Clock {
  /** Lets both wall and monotonic time pass. */
  advance(ms: number): void;
  /** Sets the wall clock, as a user or NTP would; durations do not notice. */
  set(now: number): void;
}

export function createFakeClock(start = Date.UTC(2026, 5, 15, 12)): FakeClock {
  let wall = start;
  let monotonic = 1_000;
  return {
    now: () => wall,
    monotonic: () => monotonic,
    advance(ms) {
      wall += ms;
      monotonic += ms;
    },
    set(now) {
      wall = now;
    },
  };
}
