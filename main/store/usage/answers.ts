// The answers to the window's questions about usage. Names in breakdowns are ids: only the control plane knows names.
import type { Database } from 'better-sqlite3';
import type { BreakdownRow, SeriesView, Span, UsageSummary } from '../../contract/schemas/usage.ts';
import { type Buckets, bucketsOf, comparableOf, emptyPoint } from './buckets.ts';
import { createDayWindows, type DayWindows } from './dayWindows.ts';
import {
  type BucketSums,
  type DimensionSums,
  readByBucket,
  readByDimensions,
  readTotals,
} from './readSums.ts';
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
    // What began before the span may still be busy in it.
    if (key === null || row.requests === 0) continue;
    const sums = groups.get(key) ?? emptySums();
    groups.set(key, sums);
    addSums(sums, row);
  }
  return [...groups]
    .sort(([a, x], [b, y]) => y.requests - x.requests || (a < b ? -1 : 1))
    .slice(0, longestBreakdown)
    .map(([key, sums]) => ({ key, name: key, ...totalsOf(sums) }));
}

/** Whether the gateway was in use at that time already, so that a silence there is one. */
function reachesBack(db: Database, { size }: Buckets, time: number, days: DayWindows): boolean {
  const earliest = db
    .prepare<[string], number | null>('SELECT min(start) FROM rollups WHERE size = ?')
    .pluck();
  const dayOfFirstUse = earliest.get('day') ?? null;
  if (dayOfFirstUse === null) return false;
  if (dayOfFirstUse < days.of(time).startsAt) return true;
  return size !== 'day' && (earliest.get(size ?? 'minute') ?? Number.POSITIVE_INFINITY) <= time;
}

function compare(db: Database, buckets: Buckets, days: DayWindows): UsageSummary['comparison'] {
  const { current, before } = comparableOf(buckets, days);
  if (!reachesBack(db, buckets, before.from, days)) return null;
  return {
    current: totalsOf(readTotals(db, buckets.size, current.from, current.end)),
    before: totalsOf(readTotals(db, buckets.size, before.from, before.end)),
  };
}

export function summarise(
  db: Database,
  query: { span: Span; now: number; timeZone: string },
  days: DayWindows,
): UsageSummary {
  const buckets = bucketsOf(query.span, query.now, days);
  const rows = readByDimensions(db, buckets);
  const today = createDayWindows(query.timeZone).of(query.now);
  return {
    span: query.span,
    totals: totalsOf(add(rows)),
    comparison: compare(db, buckets, days),
    today: totalsOf(readTotals(db, 'quarter', today.startsAt, today.endsAt)),
    byModel: breakDown(rows, (row) => row.clientModel),
    byEndpoint: breakDown(rows, (row) => row.endpoint || null),
    byAccount: breakDown(rows, (row) =>
      row.endpoint && row.account ? `${row.endpoint}/${row.account}` : null,
    ),
    byClientKey: breakDown(rows, (row) => row.clientKey),
  };
}

/** The mean over the part of the bucket that is past; null where it can't be known. */
function meanInFlight(sums: BucketSums, from: number, end: number): number | null {
  return sums.unknownBusy > 0 ? null : sums.busyMs / Math.max(1, end - from);
}

export function drawSeries(db: Database, query: { span: Span; now: number }, days: DayWindows): SeriesView {
  const buckets = bucketsOf(query.span, query.now, days);
  const { starts, size } = buckets;
  const points = readByBucket(db, buckets).map((sums, index) => ({
    ...emptyPoint(buckets, index),
    requests: sums.requests,
    errors: sums.errors,
    inputTokens: sums.input,
    outputTokens: sums.output,
    costUsd: sums.cost,
    firstTokenMs: meanFirstToken(sums),
    inFlight:
      size === null
        ? null
        : meanInFlight(sums, starts[index] as number, Math.min(starts[index + 1] ?? query.now, query.now)),
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
