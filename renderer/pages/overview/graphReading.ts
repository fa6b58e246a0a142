import type { TrafficSecond } from '../../../main/contract/events.ts';
import type { SeriesPoint } from '../../../main/contract/schemas/usage.ts';

/** One bucket of a graph, live or not, as it is told in words. */
export interface Reading {
  /** Unix ms. */
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
  const { time, requests, errors, inputTokens, outputTokens, firstTokenMs, inFlight } = point;
  return { time, requests, errors, tokens: inputTokens + outputTokens, firstTokenMs, inFlight };
}
