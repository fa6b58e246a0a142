// The requests under way, and those answered but still being counted. A Set would do, but for one thing: each time it rehashes,
// its dead table stays in the old generation and keeps all it held from being collected young, which cost a tenth of the CPU.
import type { Presence } from './presence.ts';

export interface InFlight {
  /** Requests being served. */
  readonly size: number;
  enter(presence: Presence): void;
  leave(presence: Presence): void;
  /** Tells every request under way to end. */
  stopAll(): void;
  /** A request has been answered and is being counted until the promise is settled. */
  counting(work: Promise<void>): void;
  /** Resolves when nothing is being counted any more. */
  counted(): Promise<void>;
}

export function createInFlight(): InFlight {
  const present: Presence[] = [];
  let uncounted = 0;
  let waiting: (() => void)[] = [];

  function oneCounted(): void {
    uncounted -= 1;
    if (uncounted > 0) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  }

  return {
    get size() {
      return present.length;
    },
    enter(presence) {
      presence.place = present.length;
      present.push(presence);
    },
    leave(presence) {
      const last = present.pop();
      if (!last || last === presence) return;
      present[presence.place] = last;
      last.place = presence.place;
    },
    stopAll() {
      for (const presence of [...present]) presence.stop();
    },
    counting(work) {
      uncounted += 1;
      work.then(oneCounted, oneCounted);
    },
    counted: () => (uncounted === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
