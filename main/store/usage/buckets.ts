// Which stretch of time a span means, and how a graph divides it. The last bucket is the running one.
import type { SeriesPoint, SeriesView, Span } from '../../contract/schemas/usage.ts';
import type { DayWindows } from './dayWindows.ts';
import { fixedSizes, type RollupSize } from './rollups.ts';

export interface Buckets {
  /** Nominal; a calendar day may be an hour shorter or longer. */
  bucketMs: number;
  /** Unix milliseconds at which each begins, oldest first. */
  starts: readonly number[];
  /** What they are called, where they are calendar days. */
  days?: readonly string[];
  /** End of the last one. */
  end: number;
  /** The roll-up with periods of just this kind; null where records themselves are added up. */
  size: RollupSize | null;
}

function fixed(now: number, bucketMs: number, count: number, size: RollupSize | null): Buckets {
  const last = Math.floor(now / bucketMs) * bucketMs;
  const starts = Array.from({ length: count }, (_, index) => last - (count - 1 - index) * bucketMs);
  return { bucketMs, starts, end: last + bucketMs, size };
}

export function bucketsOf(span: Span, now: number, days: DayWindows): Buckets {
  if (span === '60s') return fixed(now, 1000, 60, null);
  if (span === '1h') return fixed(now, fixedSizes.minute.ms, 60, 'minute');
  if (span === '24h') return fixed(now, fixedSizes.quarter.ms, 96, 'quarter');
  const windows = days.lastDays(now, span === '7d' ? 7 : 30);
  return {
    bucketMs: 86_400_000,
    starts: windows.map((window) => window.startsAt),
    days: windows.map(({ day }) => day),
    end: days.of(now).endsAt,
    size: 'day',
  };
}

/** The stretches that can be compared: the whole buckets, and as many a span earlier. `end` is not in them. */
export interface Comparable {
  current: { from: number; end: number };
  before: { from: number; end: number };
}

export function comparableOf(buckets: Buckets, days: DayWindows): Comparable {
  const { starts, bucketMs, size } = buckets;
  const from = starts[0] as number;
  const end = starts.at(-1) as number;
  if (size !== 'day') {
    const span = starts.length * bucketMs;
    return { current: { from, end }, before: { from: from - span, end: end - span } };
  }
  const earlier = days.lastDays(from - 1, starts.length).map(({ startsAt }) => startsAt);
  return {
    current: { from, end },
    before: { from: earlier[0] as number, end: earlier.at(-1) as number },
  };
}

/** Index of the bucket a time lies in, or -1. */
export function bucketIndex(buckets: Buckets, time: number): number {
  if (time >= buckets.end) return -1;
  let low = 0;
  let high = buckets.starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((buckets.starts[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** `index`: of the bucket. */
export function emptyPoint({ starts, days }: Buckets, index: number): SeriesPoint {
  const day = days?.[index];
  return {
    time: starts[index] as number,
    ...(day === undefined ? {} : { day }),
    requests: 0,
    errors: 0,
    inputTokens: 0,
    outputTokens: 0,
    costUsd: 0,
    firstTokenMs: null,
    inFlight: null,
  };
}

/** A graph without any data. */
export function emptySeries(span: Span, now: number, days: DayWindows): SeriesView {
  const buckets = bucketsOf(span, now, days);
  const points = buckets.starts.map((_, index) => emptyPoint(buckets, index));
  return { span, bucketMs: buckets.bucketMs, points };
}
