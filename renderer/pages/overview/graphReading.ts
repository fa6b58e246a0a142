import type { TrafficSecond } from '../../../main/contract/events.ts';
import type { SeriesPoint } from '../../../main/contract/schemas/usage.ts';
import { noonOf } from '../../format/noonOf.ts';

/** One bucket of a graph, live or not, as it is told in words. */
export interface Reading {
  /** Unix ms; of a bucket that is a day, `noonOf` it. */
  time: number;
  requests: number;
  errors: number;
  /** Of a second: those that came out; of a longer stretch: in and out. */
  tokens: number;
  firstTokenMs: number | null;
  inFlight: number | null;
}

export function liveReading(second: TrafficSecond): Reading {
  const { time, requests, errors, outputTokens, firstTokenMs, inFlight } = second;
  return { time, requests, errors, tokens: Math.max(0, outputTokens), firstTokenMs, inFlight };
}

export function seriesReading(point: SeriesPoint): Reading {
  const { requests, errors, inputTokens, outputTokens, firstTokenMs, inFlight } = point;
  const time = point.day === undefined ? point.time : noonOf(point.day);
  return { time, requests, errors, tokens: inputTokens + outputTokens, firstTokenMs, inFlight };
}
