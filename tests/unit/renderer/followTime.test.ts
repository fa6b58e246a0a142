import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followTime } from '../../../renderer/api/followTime.ts';

const midnight = Date.UTC(2026, 10, 22);
let page: EventTarget & { hidden: boolean };
let told: number[];
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers({ now: midnight - 20_000 });
  page = Object.assign(new EventTarget(), { hidden: false });
  told = [];
  end = followTime({
    now: Date.now,
    page: page as unknown as Document,
    onMinute: () => void told.push(Date.now() - midnight),
  });
});
afterEach(() => {
  end();
  vi.useRealTimers();
});

function show(shown: boolean): void {
  page.hidden = !shown;
  page.dispatchEvent(new Event('visibilitychange'));
}

test('an open window is told soon after midnight and each minute from then on', () => {
  expect(told).toEqual([]);
  vi.advanceTimersByTime(20_000 + 2 * 60_000 + 1_000);
  expect(told).toHaveLength(3);
  expect(told.every((at, minute) => at >= minute * 60_000 && at < minute * 60_000 + 2_000)).toBe(true);
});

test('a hidden one is told nothing, and at once when it is seen again, but not twice in a minute', () => {
  show(false);
  vi.advanceTimersByTime(10 * 60_000);
  expect(told).toEqual([]);
  show(true);
  expect(told).toHaveLength(1);
  show(false);
  vi.advanceTimersByTime(1_000);
  show(true);
  expect(told).toHaveLength(1);
  vi.advanceTimersByTime(60_000);
  expect(told).toHaveLength(2);
});

test('a clock that is set back tells it too, and a window that is left hears no more', () => {
  vi.setSystemTime(midnight - 3 * 3_600_000);
  vi.advanceTimersByTime(21_000);
  expect(told).toHaveLength(1);
  end();
  vi.advanceTimersByTime(600_000);
  show(true);
  expect(told).toHaveLength(1);
});
