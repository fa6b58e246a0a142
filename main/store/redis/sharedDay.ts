// Which calendar day it is by Redis' clock: the same for every gateway, however wrong their own clocks are.
import type { Clock } from '../../base/clock.ts';
import { type DayWindow, dayWindow } from '../../base/day.ts';

export interface SharedDay {
  /** Redis said it is `ms` (Unix) now. */
  learn(ms: number): void;
  /** Unix ms by Redis' clock, or by our own where Redis has never been heard. */
  now(): number;
  /** Turns a moment of Redis' clock into one of our own. */
  toLocal(ms: number): number;
  today(): DayWindow;
}

export function createSharedDay(clock: Clock, timeZone: () => string): SharedDay {
  /** Redis' time minus our monotonic time: setting the wall clock does not move it. */
  let offset: number | null = null;
  let zone: string | null = null;
  let window: DayWindow | null = null;

  const now = (): number => (offset === null ? clock.now() : clock.monotonic() + offset);
  return {
    learn(ms) {
      offset = ms - clock.monotonic();
    },
    now,
    toLocal: (ms) => Math.round(ms - now() + clock.now()),
    today() {
      const at = now();
      const wanted = timeZone();
      if (!window || zone !== wanted || at < window.startsAt || at >= window.endsAt) {
        window = dayWindow(at, wanted);
        zone = wanted;
      }
      return window;
    },
  };
}
