// One circuit: closed -> open after repeated failures -> half-open with a single probe -> closed again, or open for longer.

/** Four failures in a row, or half of at least ten within a minute, open the circuit. */
const consecutiveLimit = 4;
const ratioLimit = 0.5;
const ratioMinimum = 10;
const sampleMs = 60_000;
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
  let samples: { time: number; failed: boolean }[] = [];
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

  function sample(now: number, failed: boolean): void {
    samples.push({ time: now, failed });
    if (samples.length > 200 || (samples[0] && samples[0].time < now - sampleMs)) {
      samples = samples.filter((entry) => entry.time >= now - sampleMs).slice(-200);
    }
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
      sample(now, false);
      consecutive = 0;
      reason = null;
      if (openedUntil === null) return;
      openedUntil = null;
      timesOpened = 0;
      samples = [];
      probing = false;
    },
    failed(now, why) {
      sample(now, true);
      consecutive += 1;
      reason = why;
      if (openedUntil !== null) {
        if (probing) open(now);
        return;
      }
      const failures = samples.filter((entry) => entry.failed).length;
      if (
        consecutive >= consecutiveLimit ||
        (samples.length >= ratioMinimum && failures / samples.length >= ratioLimit)
      ) {
        open(now);
      }
    },
    released() {
      probing = false;
    },
  };
}
