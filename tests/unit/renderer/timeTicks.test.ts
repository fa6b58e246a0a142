import { describe, expect, test } from 'vitest';
import { roundTop } from '../../../renderer/components/graph/roundTop.ts';
import { timeTicks } from '../../../renderer/components/graph/timeTicks.ts';

const at = (day: number, hour: number, minute = 0) => new Date(2026, 4, day, hour, minute).getTime() / 1000;
const words = (ticks: number[]) => ticks.map((tick) => new Date(tick * 1000).toTimeString().slice(0, 5));

describe('ticks of the time axis', () => {
  test('an hour has round minutes', () => {
    expect(words(timeTicks(at(7, 20, 27), at(7, 21, 27)))).toEqual([
      '20:30',
      '20:40',
      '20:50',
      '21:00',
      '21:10',
      '21:20',
    ]);
  });

  test('a day has round hours', () => {
    expect(words(timeTicks(at(6, 21), at(7, 21)))).toEqual([
      '00:00',
      '04:00',
      '08:00',
      '12:00',
      '16:00',
      '20:00',
    ]);
  });

  test('a month has whole days', () => {
    const ticks = timeTicks(at(1, 0), at(31, 0));
    expect(ticks.length).toBeGreaterThan(3);
    expect(new Set(words(ticks))).toEqual(new Set(['00:00']));
  });
});

test('a scale of means may end below one', () => {
  expect([0, 0.03, 0.7].map((value) => roundTop(value, 0))).toEqual([0, 0.04, 0.8]);
});

test('a scale ends at a round number with a round half', () => {
  expect([0, 1, 3, 7, 95, 101, 612].map((value) => roundTop(value))).toEqual([0, 2, 4, 8, 100, 200, 800]);
});
