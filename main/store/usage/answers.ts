// The answers to the window's questions about usage. Names in breakdowns are ids: only the control plane knows names.
import type { Database } from 'better-sqlite3';
import type { BreakdownRow, SeriesView, Span, UsageSummary } from '../../contract/schemas/usage.ts';
import { bucketsOf, emptyPoint } from './buckets.ts';
import { createDayWindows, type DayWindows } from './dayWindows.ts';
import { type DimensionSums, readByBucket, readByDimensions, readRollups } from './readSums.ts';
import { readCalls } from './storedCalls.ts';
import { addSums, emptySums, meanFirstToken, type Sums, totalsOf } from './sums.ts';
import type { RestoredCounts, StoredCount } from './usageStore.ts';

/** Rows of a breakdown: whoever asks for made-up models all day must not make it endless. */
const longestBreakdown = 200;

function add(rows: readonly Sums[]): Sums {
  const sums = emptySums();
  for (const row of rows) addSums(sums, row);
  return sums;
}

/** Most requests first. Requests without a key (they reached no endpoint) are in the totals only. */
function breakDown(
  rows: readonly DimensionSums[],
  keyOf: (row: DimensionSums) => string | null,
): BreakdownRow[] {
  const groups = new Map<string, Sums>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) continue;
    const sums = groups.get(key) ?? emptySums();
    groups.set(key, sums);
    addSums(sums, row);
  }
  return [...groups]
    .sort(([a, x], [b, y]) => y.requests - x.requests || (a < b ? -1 : 1))
    .slice(0, longestBreakdown)
    .map(([key, sums]) => ({ key, name: key, ...totalsOf(sums) }));
}

export function summarise(
  db: Database,
  query: { span: Span; now: number; timeZone: string },
  days: DayWindows,
): UsageSummary {
  const rows = readByDimensions(db, bucketsOf(query.span, query.now, days));
  const today = createDayWindows(query.timeZone).of(query.now);
  return {
    span: query.span,
    totals: totalsOf(add(rows)),
    today: totalsOf(add(readRollups(db, 'quarter', today.startsAt, today.endsAt))),
    byModel: breakDown(rows, (row) => row.clientModel),
    byEndpoint: breakDown(rows, (row) => row.endpoint || null),
    byAccount: breakDown(rows, (row) =>
      row.endpoint && row.account ? `${row.endpoint}/${row.account}` : null,
    ),
    byClientKey: breakDown(rows, (row) => row.clientKey),
  };
}

export function drawSeries(db: Database, query: { span: Span; now: number }, days: DayWindows): SeriesView {
  const buckets = bucketsOf(query.span, query.now, days);
  const points = readByBucket(db, buckets).map((sums, index) => ({
    ...emptyPoint(buckets.starts[index] as number),
    requests: sums.requests,
    errors: sums.errors,
    inputTokens: sums.input,
    outputTokens: sums.output,
    costUsd: sums.cost,
    firstTokenMs: meanFirstToken(sums),
  }));
  return { span: query.span, bucketMs: buckets.bucketMs, points };
}

export function readCounts(db: Database, query: { day: string; since: number }): RestoredCounts {
  const lists = db
    .prepare<[number], string>('SELECT list FROM calls WHERE time >= ?')
    .pluck()
    .all(query.since);
  return {
    days: db
      .prepare<[string], StoredCount>(
        'SELECT scope, day, requests, tokens, cost AS costUsd FROM counts WHERE day = ?',
      )
      .all(query.day),
    calls: lists
      .flatMap(readCalls)
      .filter((call) => call.time >= query.since)
      .sort((a, b) => a.time - b.time),
  };
}
