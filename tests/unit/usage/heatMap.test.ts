import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { HeatMap, SeriesView, UsageSummary } from '../../../main/contract/schemas/usage.ts';
import { migrate, migrations } from '../../../main/store/usage/migrations.ts';
import { failedRecord, sampleRecord } from './sampleRecord.ts';
import { type TestEngine, testEngine, testFolder } from './testEngine.ts';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

describe('the heat map', () => {
  const mapOf = ({ engine }: TestEngine, now: number) =>
    engine.ask({ name: 'heatMap', query: { now } }) as HeatMap;

  test('is thirty days of the quota time zone, today last, with the hours that were used', () => {
    const tester = testEngine({ timeZone: 'Asia/Shanghai' });
    const now = Date.UTC(2026, 9, 14, 16, 30); // 00:30 of the 15th there
    tester.write([
      sampleRecord({ time: now, costUsd: 0.5 }),
      failedRecord({ time: now - 10 * minute }),
      sampleRecord({ time: now - 40 * minute }),
      sampleRecord({ time: now - 29 * day }),
      sampleRecord({ time: now - 31 * day }),
    ]);
    const { days } = mapOf(tester, now);
    expect(days.map((entry) => entry.day)).toHaveLength(30);
    expect([days[0]?.day, days.at(-1)?.day]).toEqual(['2026-09-16', '2026-10-15']);
    expect(days.at(-1)?.hours).toEqual([
      { hour: 0, requests: 2, errors: 1, inputTokens: 100, outputTokens: 20, costUsd: 0.5 },
    ]);
    expect(days.at(-2)?.hours.map((entry) => [entry.hour, entry.requests])).toEqual([[23, 1]]);
    expect(days[0]?.hours.map((entry) => [entry.hour, entry.requests])).toEqual([[0, 1]]);
  });

  test('adds the hour that autumn repeats, and loses none', () => {
    const tester = testEngine({ timeZone: 'America/New_York' });
    const autumn = Date.UTC(2026, 10, 1, 5, 10); // 01:10, the first time
    tester.write([autumn, autumn + hour, autumn + 2 * hour].map((time) => sampleRecord({ time })));
    const today = mapOf(tester, autumn + 5 * hour).days.at(-1);
    expect(today?.hours.map((entry) => [entry.hour, entry.requests])).toEqual([
      [1, 2],
      [2, 1],
    ]);
  });
});

describe('the span before', () => {
  const now = Date.UTC(2026, 9, 14, 12, 34, 56);
  const summaryOf = ({ engine }: TestEngine, span: '1h' | '24h' | '30d') =>
    engine.ask({ name: 'summary', query: { span, now, timeZone: 'UTC' } }) as UsageSummary;

  test('is as long as what it is compared with, and the running bucket is in neither', () => {
    const tester = testEngine();
    const running = Math.floor(now / minute) * minute;
    tester.write([
      sampleRecord({ time: now - 3 * hour }),
      // Two in the running minute, three in whole ones of this hour, one of them its first.
      ...[running, now, running - 1, running - 20 * minute, running - 59 * minute].map((time) =>
        sampleRecord({ time }),
      ),
      // Two in the hour before; the minute that matches the running one does not count.
      ...[running - hour - 1, running - hour - 59 * minute, running - hour].map((time) =>
        sampleRecord({ time, status: 'failed' }),
      ),
    ]);
    const { totals, comparison } = summaryOf(tester, '1h');
    expect(totals.requests).toBe(5);
    expect(comparison?.current.requests).toBe(3);
    expect(comparison?.before).toMatchObject({ requests: 2, errors: 2 });
  });

  test('is left out where the gateway was not in use so long ago', () => {
    const tester = testEngine();
    tester.write([sampleRecord({ time: now - 30 * hour }), sampleRecord({ time: now })]);
    expect(summaryOf(tester, '24h').comparison).toBeNull();
    expect(summaryOf(tester, '1h').comparison?.before.requests).toBe(0);
    tester.write([sampleRecord({ time: now - 20 * day })]);
    expect(summaryOf(tester, '24h').comparison?.before.requests).toBe(1);
    expect(summaryOf(tester, '30d').comparison).toBeNull();
    tester.write([sampleRecord({ time: now - 70 * day })]);
    expect(summaryOf(tester, '30d').comparison).toMatchObject({
      current: { requests: 2 },
      before: { requests: 0 },
    });
  });
});

describe('requests in flight', () => {
  const now = Date.UTC(2026, 9, 14, 12, 30);
  const flying = ({ engine }: TestEngine, span: '1h' | '24h' | '30d') =>
    (engine.ask({ name: 'series', query: { span, now } }) as SeriesView).points.map(
      ({ inFlight }) => inFlight ?? -1,
    );

  test('are counted in every minute they took, not only in the one they came in', () => {
    const tester = testEngine();
    const start = now - 10 * minute;
    tester.write([
      sampleRecord({ time: start + 30_000, totalMs: 120_000 }),
      sampleRecord({ time: start + minute, totalMs: 15_000 }),
    ]);
    expect(flying(tester, '1h').slice(-13, -6)).toEqual([0, 0, 0.5, 1.25, 0.5, 0, 0]);
    const totals = (
      tester.engine.ask({
        name: 'summary',
        query: { span: '1h', now, timeZone: 'UTC' },
      }) as UsageSummary
    ).byModel;
    expect(totals.map(({ requests }) => requests)).toEqual([2]);
  });

  test('add up to the same time in every size, also over a midnight', () => {
    const tester = testEngine({ timeZone: 'Asia/Kathmandu' });
    const times = [now - 19 * hour, now - 18 * hour - 20 * minute, now - 3 * hour];
    tester.write(times.map((time) => sampleRecord({ time, totalMs: 50 * minute })));
    const sums = tester.rows<{ busy: number }>('SELECT sum(busy_ms) AS busy FROM rollups GROUP BY size');
    expect(sums.map(({ busy }) => busy)).toEqual(new Array(6).fill(150 * minute));
  });

  test('are unknown where they began before anybody noted how long requests take', () => {
    const tester = testEngine();
    tester.write([sampleRecord({ time: now - 2 * minute })]);
    const other = new Database(tester.file);
    other.exec('UPDATE rollups SET busy_ms = NULL');
    other.close();
    tester.write([sampleRecord({ time: now - 2 * minute + 500 }), sampleRecord({ time: now, totalMs: 0 })]);
    expect(flying(tester, '1h').slice(-4)).toEqual([0, -1, 0, 0]);
    expect(flying(tester, '30d').slice(-2)).toEqual([0, -1]);
  });

  test('end with the day for a request that claims to have taken for ever', () => {
    const tester = testEngine();
    tester.write([sampleRecord({ time: now - 40 * day, totalMs: Number.POSITIVE_INFINITY })]);
    expect(tester.rows("SELECT sum(busy_ms) AS busy FROM rollups WHERE size = 'day'")).toEqual([
      { busy: day },
    ]);
  });
});

test('a file from before whole hours has them once it is opened, and its series says what it can’t know', () => {
  const file = join(testFolder(), 'usage.db');
  const old = new Database(file);
  migrate(old, migrations.slice(0, 2));
  const insert = old.prepare(`
    INSERT INTO rollups VALUES (?, ?, ?, '', 'e', 'a', 'k', 3, 1, 0, 10, 5, 0, 0, 0, 0.5, 0, 600, 3)
  `);
  const now = Date.UTC(2026, 9, 14, 12, 30);
  for (const model of ['x', 'y']) insert.run('hour', Date.UTC(2026, 9, 14, 9), model);
  insert.run('quarter', Date.UTC(2026, 9, 14, 9), 'x');
  old.close();
  const { engine } = testEngine({ file });
  const { days } = engine.ask({ name: 'heatMap', query: { now } }) as HeatMap;
  expect(days.at(-1)?.hours).toEqual([
    { hour: 9, requests: 6, errors: 2, inputTokens: 20, outputTokens: 10, costUsd: 1 },
  ]);
  const { points } = engine.ask({ name: 'series', query: { span: '24h', now } }) as SeriesView;
  const point = points.find(({ time }) => time === Date.UTC(2026, 9, 14, 9));
  expect(point).toMatchObject({ requests: 3, inFlight: null });
});
