// Time for windows and waits: as the wall clock goes, but never back. A minute that began before the clock was set back still ends
// after a minute.
import type { Clock } from './clock.ts';

export interface SteadyTime {
  /** Milliseconds: Unix time, plus all that the wall clock was ever set back and did not make up for. */
  now(): number;
  /** What the wall clock will show at a steady time, in whole Unix ms. */
  toWall(time: number): number;
  fromWall(time: number): number;
}

export function createSteadyTime(clock: Clock): SteadyTime {
  let time = clock.now();
  let looked = clock.monotonic();

  function now(): number {
    const monotonic = clock.monotonic();
    // What passed in sleep only the wall clock tells.
    time = Math.max(clock.now(), time + monotonic - looked);
    looked = monotonic;
    return time;
  }

  const ahead = (): number => now() - clock.now();
  return { now, toWall: (at) => Math.ceil(at - ahead()), fromWall: (at) => at + ahead() };
}
