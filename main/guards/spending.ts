// Holds the spending mode and ends it at its time. It only says what is in force; routing and the gateway act on it.
import type { Clock } from '../base/clock.ts';
import { normalSpending } from '../contract/normalSpending.ts';
import type { SpendingMode } from '../contract/schemas/spending.ts';
import type { SnapshotHolder } from '../registry/snapshotHolder.ts';

export interface Spending {
  /** The mode in force: one whose time is over, or whose endpoint is gone, reads as normal. */
  current(): SpendingMode;
  set(mode: SpendingMode): void;
  close(): void;
}

export interface SpendingDeps {
  clock: Clock;
  snapshots: Pick<SnapshotHolder, 'current' | 'onSwap'>;
  /** Where the mode outlives the process. */
  file: { read(): SpendingMode; write(mode: SpendingMode): void };
  /** Another mode is in force now. */
  onChange: () => void;
}

/** The wall clock may be set, and the machine may sleep: a long wait is taken in steps. */
const longestWaitMs = 60_000;

const endOf = (mode: SpendingMode): number | null => ('until' in mode ? mode.until : null);

export function createSpending({ clock, snapshots, file, onChange }: SpendingDeps): Spending {
  let mode = file.read();
  let timer: NodeJS.Timeout | undefined;

  function inForce(): boolean {
    const until = endOf(mode);
    if (until !== null && clock.now() >= until) return false;
    if (mode.mode !== 'endpoint') return true;
    const { endpointId } = mode;
    return snapshots.current.endpoints.some(({ id }) => id === endpointId);
  }

  function set(next: SpendingMode): void {
    mode = next;
    file.write(next);
    watch();
    onChange();
  }

  /** Ends a mode that is over, or looks again when it should be. */
  function watch(): void {
    clearTimeout(timer);
    if (!inForce()) {
      set(normalSpending);
      return;
    }
    const until = endOf(mode);
    if (until === null) return;
    timer = setTimeout(watch, Math.min(until - clock.now(), longestWaitMs));
    timer.unref();
  }

  const stopFollowing = snapshots.onSwap(watch);
  watch();

  return {
    current: () => (inForce() ? mode : normalSpending),
    set,
    close() {
      stopFollowing();
      clearTimeout(timer);
    },
  };
}
