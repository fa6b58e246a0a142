import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import type { SeriesView, UsageSummary } from '../../../main/contract/schemas/usage.ts';
import { failedRecord, sampleRecord } from './sampleRecord.ts';
import { testEngine } from './testEngine.ts';

const now = Date.UTC(2026, 9, 14, 12, 34, 56);

const anyRecord = fc.record({
  time: fc.integer({ min: now - 40 * 86_400_000, max: now }),
  clientModel: fc.constantFrom('gpt-4o', 'claude', 'x'.repeat(400)),
  upstreamModel: fc.constantFrom('gpt-4o', 'claude-sonnet', null),
  endpointId: fc.constantFrom('a', 'b', null),
  accountId: fc.constantFrom('1', '2', null),
  clientKeyId: fc.constantFrom('default', 'other'),
  status: fc.constantFrom('ok', 'failed', 'cut', 'cancelled'),
  firstTokenMs: fc.option(fc.integer({ min: 0, max: 5000 }), { nil: null }),
  costUsd: fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }),
  tokens: fc.record({
    input: fc.nat(5000),
    output: fc.nat(5000),
    cached: fc.nat(50),
    reasoning: fc.nat(50),
    source: fc.constantFrom('reported', 'estimated', 'none'),
  }),
}) satisfies fc.Arbitrary<Partial<RequestRecord>>;

const sumsOfRollups = `
  SELECT size, sum(requests) requests, sum(errors) errors, sum(cancelled) cancelled, sum(input) input, sum(output) output,
    sum(cached) cached, sum(reasoning) reasoning, sum(estimated) estimated, sum(cost) cost, sum(unpriced) unpriced,
    sum(first_token_sum) firstTokenSum, sum(first_token_count) firstTokenCount
  FROM rollups GROUP BY size ORDER BY size`;

/** Written by hand in SQL, so that it can disagree with the code. */
const sumsOfRecords = `
  SELECT count(*) requests, sum(status = 'failed' OR status = 'cut') errors, sum(status = 'cancelled') cancelled,
    sum(input) input, sum(output) output, sum(cached) cached, sum(reasoning) reasoning,
    sum(token_source = 'estimated') estimated, total(cost) cost, sum(cost IS NULL AND input + output > 0) unpriced,
    total(first_token_ms) firstTokenSum, count(first_token_ms) firstTokenCount
  FROM records`;

describe('roll-ups', () => {
  test('of every size add up to the records, however they came in batches', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(anyRecord, { maxLength: 20 }), { minLength: 1, maxLength: 8 }),
        (batches) => {
          const { write, rows, engine } = testEngine({ timeZone: 'Asia/Kathmandu' });
          for (const batch of batches) write(batch.map((record) => sampleRecord(record)));
          const [expected] = rows(sumsOfRecords);
          const sizes = rows(sumsOfRollups);
          engine.close();
          if (batches.flat().length === 0) {
            expect(sizes).toEqual([]);
            return;
          }
          expect(sizes).toEqual(
            ['day', 'hour', 'minute', 'quarter', 'wholeHour', 'wholeQuarter'].map((size) => ({
              size,
              ...expected,
            })),
          );
        },
      ),
      { numRuns: 25 },
    );
  });

  test('are written once for a batch that is handed over twice', () => {
    const { engine, write, rows } = testEngine();
    const batch = {
      number: 7,
      sender: 'me',
      now,
      records: [sampleRecord({ time: now })],
      bodies: [],
      counts: [{ scope: 'clientKey:a', day: '2026-10-14', requests: 1, tokens: 5, costUsd: 0.5 }],
      calls: [{ scope: 'clientKey:a', time: now, tokens: 5 }],
    };
    expect(engine.write(batch)).toEqual({ trouble: null, notice: null });
    expect(engine.write(batch)).toEqual({ trouble: null, notice: null });
    expect(rows("SELECT requests FROM rollups WHERE size = 'day'")).toEqual([{ requests: 1 }]);
    expect(rows('SELECT requests, tokens, cost FROM counts')).toEqual([
      { requests: 1, tokens: 5, cost: 0.5 },
    ]);
    expect(engine.ask({ name: 'restore', day: '2026-10-14', since: now - 60_000 })).toEqual({
      days: [{ scope: 'clientKey:a', day: '2026-10-14', requests: 1, tokens: 5, costUsd: 0.5 }],
      calls: [{ scope: 'clientKey:a', time: now, tokens: 5 }],
    });
    // The same record in another batch is the same record.
    write(batch.records);
    expect(rows("SELECT requests FROM rollups WHERE size = 'day'")).toEqual([{ requests: 1 }]);
  });

  test('leave out a record that can’t be stored, and store the others of its batch', () => {
    const { write, rows } = testEngine();
    const impossible = [
      sampleRecord({ totalMs: Number.NaN }),
      { ...sampleRecord(), clientModel: undefined as unknown as string },
    ];
    write([sampleRecord(), ...impossible, sampleRecord()]);
    expect(rows('SELECT count(*) AS n FROM records')).toEqual([{ n: 2 }]);
    expect(rows("SELECT requests FROM rollups WHERE size = 'hour'")).toEqual([{ requests: 2 }]);
  });
});

describe('answers', () => {
  function filled() {
    const test = testEngine({ timeZone: 'America/New_York' });
    const ages = [
      0,
      3_000,
      59_000,
      61_000,
      30 * 60_000,
      5 * 3_600_000,
      23 * 3_600_000,
      3 * 86_400_000,
      29 * 86_400_000,
    ];
    test.write(ages.map((age) => sampleRecord({ time: now - age })));
    test.write([
      failedRecord({
        time: now,
        clientModel: 'nothing',
        endpointId: null,
        accountId: null,
        upstreamModel: null,
      }),
      sampleRecord({
        time: now - 1000,
        status: 'cancelled',
        clientKeyId: 'other',
        costUsd: null,
        accountId: 'a2',
      }),
      sampleRecord({ time: now - 45 * 86_400_000 }),
    ]);
    return test;
  }

  test('a summary and the series of its span speak of the same requests', () => {
    const { engine } = filled();
    const expected = { '60s': 5, '1h': 7, '24h': 9, '7d': 10, '30d': 11 };
    for (const [span, requests] of Object.entries(expected)) {
      const query = { span: span as '60s', now, timeZone: 'America/New_York' };
      const summary = engine.ask({ name: 'summary', query }) as UsageSummary;
      const { points } = engine.ask({ name: 'series', query }) as SeriesView;
      const sum = (key: 'requests' | 'errors' | 'inputTokens' | 'outputTokens' | 'costUsd') =>
        points.reduce((total, point) => total + point[key], 0);
      expect([span, summary.totals.requests]).toEqual([span, requests]);
      expect(sum('requests')).toBe(requests);
      expect(sum('errors')).toBe(summary.totals.errors);
      expect(sum('inputTokens')).toBe(summary.totals.inputTokens);
      expect(sum('outputTokens')).toBe(summary.totals.outputTokens);
      expect(sum('costUsd')).toBeCloseTo(summary.totals.costUsd, 9);
      for (const rows of [summary.byModel, summary.byClientKey]) {
        expect(rows.reduce((total, row) => total + row.requests, 0)).toBe(requests);
      }
    }
  });

  test('a summary names models, endpoints, accounts and keys', () => {
    const { engine } = filled();
    const query = { span: '1h' as const, now, timeZone: 'America/New_York' };
    const summary = engine.ask({ name: 'summary', query }) as UsageSummary;
    expect(summary.totals).toEqual({
      requests: 7,
      errors: 1,
      cancelled: 1,
      inputTokens: 600,
      outputTokens: 120,
      cachedTokens: 60,
      reasoningTokens: 30,
      estimated: 0,
      costUsd: 1.25,
      unpriced: 1,
      firstTokenMs: 250.5,
    });
    const keys = (rows: { key: string; name: string; requests: number }[]) =>
      rows.map(({ key, requests }) => [key, requests]);
    expect(keys(summary.byModel)).toEqual([
      ['gpt-4o', 6],
      ['nothing', 1],
    ]);
    expect(keys(summary.byEndpoint)).toEqual([['openai', 6]]);
    expect(keys(summary.byAccount)).toEqual([
      ['openai/a1', 5],
      ['openai/a2', 1],
    ]);
    expect(keys(summary.byClientKey)).toEqual([
      ['default', 6],
      ['other', 1],
    ]);
    expect(summary.byModel.every((row) => row.name === row.key)).toBe(true);
  });

  test('series are contiguous, end with the running bucket and hold zeros', () => {
    const { engine } = testEngine({ timeZone: 'Asia/Kathmandu' });
    const counts = {
      '60s': [60, 1000],
      '1h': [60, 60_000],
      '24h': [96, 900_000],
      '7d': [7, 86_400_000],
      '30d': [30, 86_400_000],
    } as const;
    for (const [span, [count, bucketMs]] of Object.entries(counts)) {
      const view = engine.ask({ name: 'series', query: { span: span as '60s', now } }) as SeriesView;
      expect(view.bucketMs).toBe(bucketMs);
      expect(view.points).toHaveLength(count);
      view.points.forEach((point, index) => {
        expect(point).toMatchObject({
          time: (view.points[0]?.time ?? 0) + index * bucketMs,
          requests: 0,
          errors: 0,
          inputTokens: 0,
          outputTokens: 0,
          costUsd: 0,
          firstTokenMs: null,
          inFlight: span === '60s' ? null : 0,
        });
      });
      const last = view.points.at(-1)?.time ?? 0;
      expect(now).toBeGreaterThanOrEqual(last);
      expect(now).toBeLessThan(last + bucketMs);
    }
  });
});

describe('today', () => {
  function todayOf(zone: string, at: number, times: readonly number[]): number {
    const { engine, write } = testEngine({ timeZone: 'UTC' });
    write(times.map((time) => sampleRecord({ time })));
    return (engine.ask({ name: 'summary', query: { span: '1h', now: at, timeZone: zone } }) as UsageSummary)
      .today.requests;
  }
  const hour = 3_600_000;

  test('begins at midnight of the quota time zone, also where offsets are no whole hours', () => {
    // Kathmandu is 5:45 ahead: its day began at 18:15 UTC.
    const midnight = Date.UTC(2026, 9, 13, 18, 15);
    const times = [midnight - 1, midnight, midnight + 1, midnight + 18 * hour];
    expect(todayOf('Asia/Kathmandu', midnight + 18 * hour, times)).toBe(3);
  });

  test('has 23 hours in spring and 25 in autumn', () => {
    const spring = Date.UTC(2026, 2, 8, 5); // midnight in New York, EST
    const springTimes = [spring - 1, spring, spring + 22.9 * hour, spring + 23 * hour];
    expect(todayOf('America/New_York', spring + 22.95 * hour, springTimes)).toBe(2);
    expect(todayOf('America/New_York', spring + 23.5 * hour, springTimes)).toBe(1);
    const autumn = Date.UTC(2026, 10, 1, 4); // midnight in New York, EDT
    const autumnTimes = [autumn - 1, autumn, autumn + 24.5 * hour, autumn + 25 * hour];
    expect(todayOf('America/New_York', autumn + 24.6 * hour, autumnTimes)).toBe(2);
    expect(todayOf('America/New_York', autumn + 25.5 * hour, autumnTimes)).toBe(1);
  });

  test('days of a graph are calendar days over a change of the clocks', () => {
    const { engine, write } = testEngine({ timeZone: 'America/New_York' });
    const autumn = Date.UTC(2026, 10, 1, 4);
    write([autumn, autumn + 24.5 * hour, autumn + 25 * hour].map((time) => sampleRecord({ time })));
    const view = engine.ask({
      name: 'series',
      query: { span: '30d', now: autumn + 30 * hour },
    }) as SeriesView;
    expect(view.points).toHaveLength(30);
    expect(view.points.slice(-2).map(({ time, day, requests }) => [time, day, requests])).toEqual([
      [autumn, '2026-11-01', 2],
      [autumn + 25 * hour, '2026-11-02', 1],
    ]);
  });

  test('no request is lost or counted twice when the time zone is changed', () => {
    const { engine, write } = testEngine({ timeZone: 'Asia/Tokyo' });
    write([0, 5, 10, 15, 20].map((hours) => sampleRecord({ time: now - hours * hour })));
    engine.configure({ retentionDays: 90, maxDatabaseMB: 512, timeZone: 'America/Los_Angeles' });
    write([0, 5, 10, 15, 20].map((hours) => sampleRecord({ time: now - hours * hour })));
    const { points } = engine.ask({ name: 'series', query: { span: '30d', now } }) as SeriesView;
    expect(points.reduce((total, point) => total + point.requests, 0)).toBe(10);
  });
});
