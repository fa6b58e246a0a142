import { describe, expect, test } from 'vitest';
import { roundTop } from '../../../renderer/components/graph/roundTop.ts';
import { dayTicks, timeTicks } from '../../../renderer/components/graph/timeTicks.ts';

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

  test('a month has some of its own days, today among them, wherever their midnights lie', () => {
    const points = Array.from({ length: 30 }, (_, index) => ({
      time: Date.UTC(2026, 4, index, 11),
      day: `2026-05-${String(index + 1).padStart(2, '0')}`,
    }));
    const ticks = dayTicks(points);
    expect(ticks.map(({ day }) => day.slice(-2))).toEqual(['05', '10', '15', '20', '25', '30']);
    expect(ticks.every(({ at: start }) => start % 86_400 === 11 * 3_600)).toBe(true);
    expect(dayTicks([{ time: 0 }, { time: 1 }])).toEqual([]);
  });
});

test('a scale of means may end below one', () => {
  expect([0, 0.03, 0.7].map((value) => roundTop(value, 0))).toEqual([0, 0.04, 0.8]);
});

test('a scale ends at a round number with a round half', () => {
  expect([0, 1, 3, 7, 95, 101, 612].map((value) => roundTop(value))).toEqual([0, 2, 4, 8, 100, 200, 800]);
});
