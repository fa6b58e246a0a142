// Knows whether the way out of this machine broke: the machine slept, or its network changed or is gone. It only says so;
// accounts are not blamed for what it excuses, and what goes out of its own accord waits.
import type { Clock } from '../base/clock.ts';

export interface Uplink {
  /** The machine goes to sleep: connections die from here on. `renew` ends it. */
  suspend(): void;
  /** The machine is awake again, or its network is another one. */
  renew(): void;
  setOnline(online: boolean): void;
  readonly online: boolean;
  /** Asleep or offline: nothing need be asked that nobody waits for. */
  readonly held: boolean;
  /** How often it broke so far. An attempt that began at another number lost its connection on the way. */
  readonly breaks: number;
  /** Whether what began at this number of breaks and fails now may have failed for this machine's own sake. */
  excuses(begunAt: number): boolean;
}

/** What is asked before names can be looked up and tunnels stand again fails by itself. */
const settleMs = 10_000;

export function createUplink(deps: {
  clock: Clock;
  /** Told that the machine is offline, and null when it no longer is. */
  offline: (trouble: string | null) => void;
  /** Connections made until now may be dead, and days may have passed. */
  onRenew: () => void;
}): Uplink {
  let breaks = 0;
  let asleep = false;
  let online = true;
  let renewedAt = Number.NEGATIVE_INFINITY;

  function renew(): void {
    breaks += 1;
    asleep = false;
    renewedAt = deps.clock.monotonic();
    deps.onRenew();
  }

  return {
    suspend() {
      breaks += 1;
      asleep = true;
    },
    renew,
    setOnline(next) {
      if (next === online) return;
      online = next;
      deps.offline(online ? null : 'This computer is offline.');
      renew();
    },
    get online() {
      return online;
    },
    get held() {
      return asleep || !online;
    },
    get breaks() {
      return breaks;
    },
    excuses: (begunAt) =>
      begunAt !== breaks || asleep || !online || deps.clock.monotonic() - renewedAt < settleMs,
  };
}
