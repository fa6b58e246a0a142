import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { normalSpending } from '../../../main/contract/normalSpending.ts';
import { settingsSchema } from '../../../main/contract/schemas/settings.ts';
import type { SpendingMode } from '../../../main/contract/schemas/spending.ts';
import { createSpending, type Spending } from '../../../main/guards/spending.ts';
import { compileSnapshot } from '../../../main/registry/compileSnapshot.ts';
import { createSnapshotHolder } from '../../../main/registry/snapshotHolder.ts';
import { createFakeClock, type FakeClock } from '../../fakes/fakeClock.ts';

const snapshotOf = (...ids: string[]) =>
  compileSnapshot(
    settingsSchema.parse({ endpoints: ids.map((id) => ({ id, baseUrl: 'https://e.example.com/v1' })) }),
    () => ({ state: 'none' }),
  );

const minute = 60_000;

describe('the spending mode', () => {
  let clock: FakeClock;
  let kept: SpendingMode;
  let changes: number;
  let spending: Spending;
  const snapshots = createSnapshotHolder(snapshotOf('a', 'b'));

  function open(): Spending {
    return createSpending({
      clock,
      snapshots,
      file: {
        read: () => kept,
        write: (mode) => {
          kept = mode;
        },
      },
      onChange: () => {
        changes += 1;
      },
    });
  }

  /** Both the injected clock and the timers, minute by minute. */
  function pass(ms: number): void {
    for (let left = ms; left > 0; left -= minute) {
      const step = Math.min(left, minute);
      clock.advance(step);
      vi.advanceTimersByTime(step);
    }
  }

  beforeEach(() => {
    vi.useFakeTimers();
    clock = createFakeClock();
    kept = normalSpending;
    changes = 0;
    snapshots.swap(snapshotOf('a', 'b'));
    spending = open();
  });
  afterEach(() => {
    spending.close();
    vi.useRealTimers();
  });

  it('ends at its time, tells of it, and is no longer kept', () => {
    spending.set({ mode: 'paused', until: clock.now() + 90 * minute });
    pass(90 * minute - 1);
    expect(spending.current().mode).toBe('paused');
    expect(changes).toBe(1);
    pass(1);
    expect(spending.current()).toEqual(normalSpending);
    expect(changes).toBe(2);
    expect(kept).toEqual(normalSpending);
  });

  it('reads as normal from its time on, also before its timer has run', () => {
    spending.set({ mode: 'endpoint', endpointId: 'a', until: clock.now() + minute });
    clock.advance(minute);
    expect(spending.current()).toEqual(normalSpending);
    expect(changes).toBe(1);
  });

  it('finds out soon that the wall clock was set past its end', () => {
    spending.set({ mode: 'paused', until: clock.now() + 600 * minute });
    clock.set(clock.now() + 601 * minute);
    vi.advanceTimersByTime(minute);
    expect(changes).toBe(2);
  });

  it('is not ended by the timer of the one before', () => {
    spending.set({ mode: 'paused', until: clock.now() + minute });
    spending.set({ mode: 'free' });
    pass(10 * minute);
    expect(spending.current()).toEqual({ mode: 'free' });
    expect(changes).toBe(2);
  });

  it('goes on after a restart, unless its time went by meanwhile', () => {
    spending.set({ mode: 'endpoint', endpointId: 'b', until: clock.now() + 10 * minute });
    spending.close();
    clock.advance(4 * minute);
    spending = open();
    expect(spending.current()).toMatchObject({ mode: 'endpoint', endpointId: 'b' });
    pass(6 * minute);
    expect(spending.current()).toEqual(normalSpending);

    spending.set({ mode: 'paused', until: clock.now() + minute });
    spending.close();
    clock.advance(minute);
    spending = open();
    expect(spending.current()).toEqual(normalSpending);
    expect(kept).toEqual(normalSpending);
  });

  it('ends with its endpoint, and only with its own', () => {
    spending.set({ mode: 'endpoint', endpointId: 'a', until: clock.now() + minute });
    snapshots.swap(snapshotOf('a'));
    expect(spending.current().mode).toBe('endpoint');
    snapshots.swap(snapshotOf('b'));
    expect(spending.current()).toEqual(normalSpending);
    expect(changes).toBe(2);
    snapshots.swap(snapshotOf('a', 'b'));
    expect(spending.current()).toEqual(normalSpending);
  });
});
