// One circuit: closed -> open after repeated failures -> half-open with a single probe -> closed again, or open for longer.

import { createMinuteWindow } from './minuteWindow.ts';

/** Four failures in a row, or half of at least ten within a minute, open the circuit. */
const consecutiveLimit = 4;
const ratioLimit = 0.5;
const ratioMinimum = 10;
const baseOpenMs = 30_000;
const maxOpenMs = 300_000;

export interface Breaker {
  /** Unix ms until which nothing is let through; null while closed or half-open. Takes no permit. */
  openUntil(now: number): number | null;
  /** True while half-open with its probe on the way. */
  readonly probing: boolean;
  readonly reason: string | null;
  /** Lets a call through, or not. `force` probes an open circuit early: the last way left is never shut for good. */
  tryEnter(now: number, force: boolean): boolean;
  /** Every permit ends in exactly one of the three. */
  succeeded(now: number): void;
  failed(now: number, reason: string): void;
  /** Nothing was learned: the client left, or it was the caller's mistake. */
  released(): void;
}

/** `random` in [0, 1) spreads the reopening by +-20 %. Times are Unix ms. */
export function createBreaker(random: () => number): Breaker {
  let consecutive = 0;
  /** Requests of the last minute; the failed ones stand in the second column. */
  const recent = createMinuteWindow();
  let openedUntil: number | null = null;
  let timesOpened = 0;
  let probing = false;
  let reason: string | null = null;

  function open(now: number): void {
    timesOpened += 1;
    const length = Math.min(baseOpenMs * timesOpened, maxOpenMs);
    openedUntil = now + length * (0.8 + 0.4 * random());
    probing = false;
  }

  return {
    openUntil: (now) => (openedUntil !== null && now < openedUntil ? openedUntil : null),
    get probing() {
      return probing;
    },
    get reason() {
      return reason;
    },
    tryEnter(now, force) {
      if (openedUntil === null) return true;
      if (probing || (now < openedUntil && !force)) return false;
      probing = true;
      return true;
    },
    succeeded(now) {
      recent.add(now, 1, 0);
      consecutive = 0;
      reason = null;
      if (openedUntil === null) return;
      openedUntil = null;
      timesOpened = 0;
      recent.clear();
      probing = false;
    },
    failed(now, why) {
      recent.add(now, 1, 1);
      consecutive += 1;
      reason = why;
      if (openedUntil !== null) {
        if (probing) open(now);
        return;
      }
      const asked = recent.requests(now);
      if (
        consecutive >= consecutiveLimit ||
        (asked >= ratioMinimum && recent.tokens(now) / asked >= ratioLimit)
      ) {
        open(now);
      }
    },
    released() {
      probing = false;
    },
  };
}
