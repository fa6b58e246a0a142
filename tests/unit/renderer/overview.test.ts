import { describe, expect, test } from 'vitest';
import type { BreakdownRow, SeriesView, UsageSummary } from '../../../main/contract/schemas/usage.ts';
import { changeOf } from '../../../renderer/pages/overview/changeOf.ts';
import { seriesReading } from '../../../renderer/pages/overview/graphReading.ts';
import { heatDays } from '../../../renderer/pages/overview/heatDays.ts';
import { statisticsCsv } from '../../../renderer/pages/overview/statisticsCsv.ts';

describe('a change', () => {
  test('is told in percent, and as a multiple where that would be a long number', () => {
    expect(changeOf(112, 100)).toEqual({ direction: 'up', amount: 12, unit: 'percent' });
    expect(changeOf(40, 100)).toEqual({ direction: 'down', amount: 60, unit: 'percent' });
    expect(changeOf(1200, 100)).toEqual({ direction: 'up', amount: 12, unit: 'times' });
    expect(changeOf(1001, 1000)).toEqual({ direction: 'same', amount: 0, unit: 'percent' });
  });

  test('of shares is a difference of points, also from nothing', () => {
    expect(changeOf(0.992, 0.95, true)).toEqual({ direction: 'up', amount: 4.2, unit: 'points' });
    expect(changeOf(0, 1, true)).toEqual({ direction: 'down', amount: 100, unit: 'points' });
    expect(changeOf(0.5, 0, true)).toEqual({ direction: 'up', amount: 50, unit: 'points' });
  });

  test('is not told where one of the two is not known or was nothing', () => {
    expect(changeOf(5, 0)).toBeNull();
    expect(changeOf(null, 3)).toBeNull();
    expect(changeOf(3, null)).toBeNull();
    expect(changeOf(0, 3)).toEqual({ direction: 'down', amount: 100, unit: 'percent' });
  });
});

test('a day of a graph keeps its date, wherever the window stands', () => {
  const sums = { requests: 1, errors: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };
  for (const time of [Date.UTC(2026, 4, 1, 10), Date.UTC(2026, 4, 2, 12)]) {
    const point = { time, day: '2026-05-02', ...sums, firstTokenMs: null, inFlight: null };
    expect(new Date(seriesReading(point).time).getDate()).toBe(2);
  }
});

describe('the heat map', () => {
  const hour = (at: number, requests: number) => ({
    hour: at,
    requests,
    errors: 0,
    inputTokens: requests * 10,
    outputTokens: 0,
    costUsd: 0,
  });

  test('has every hour of every day; one request is seen beside a thousand', () => {
    const days = heatDays(
      {
        days: [
          { day: '2026-10-13', hours: [hour(3, 1), hour(23, 250)] },
          { day: '2026-10-14', hours: [hour(0, 1000)] },
        ],
      },
      'requests',
    );
    expect(days.map(({ hours }) => hours.length)).toEqual([24, 24]);
    expect(days[0]?.hours.map(({ level }) => level).filter(Boolean)).toEqual([1, 2]);
    expect(days[1]?.hours[0]).toMatchObject({ level: 4, value: 1000 });
    expect(new Date(days[1]?.time ?? 0).getDate()).toBe(14);
  });

  test('of nothing is empty', () => {
    const [day] = heatDays({ days: [{ day: '2026-10-14', hours: [hour(1, 5)] }] }, 'cost');
    expect(day?.hours.every(({ level }) => level === 0)).toBe(true);
  });
});

describe('the table for spreadsheets', () => {
  const totals = {
    requests: 3,
    errors: 1,
    cancelled: 0,
    inputTokens: 30,
    outputTokens: 9,
    cachedTokens: 2,
    reasoningTokens: 1,
    estimated: 0,
    costUsd: 0.25,
    unpriced: 0,
    firstTokenMs: null,
  };
  const row = (key: string, name = key): BreakdownRow => ({ key, name, ...totals });
  const summary: UsageSummary = {
    span: '24h',
    totals,
    comparison: null,
    today: totals,
    byModel: [row('=HYPERLINK("http://x")'), row('qwen, "max"'), row('two\nlines')],
    byEndpoint: [row('e', '通义')],
    byAccount: [],
    byClientKey: [],
  };
  const series: SeriesView = {
    span: '24h',
    bucketMs: 900_000,
    points: [
      {
        time: Date.UTC(2026, 9, 14, 12),
        requests: 3,
        errors: 1,
        inputTokens: 30,
        outputTokens: 9,
        costUsd: 0.25,
        firstTokenMs: 412.5,
        inFlight: null,
      },
    ],
  };
  const text = statisticsCsv(summary, series);
  const lines = text.slice(1).split('\r\n');

  test('names its columns and holds the same number of cells in each row', () => {
    expect(text.startsWith('\ufeffgroup,id,name,requests,errors,')).toBe(true);
    expect(lines[1]).toBe('total,24h,,3,1,0,30,9,2,1,0.25,0,0,,');
    expect(lines.at(-2)).toBe('time,1791979200000,2026-10-14T12:00:00.000Z,3,1,,30,9,,,0.25,,,412.5,');
    expect(text.endsWith('\r\n')).toBe(true);
  });

  test('takes no name for a formula, and keeps commas, quotes and line breaks inside their cells', () => {
    expect(lines[2]).toMatch(/^model,"'=HYPERLINK\(""http:\/\/x""\)","'=HYPERLINK/);
    expect(lines[3]).toMatch(/^model,"qwen, ""max""","qwen, ""max""",3,/);
    expect(text).toContain('"two\nlines"');
    expect(text).toContain('endpoint,e,通义,3,');
  });
});
