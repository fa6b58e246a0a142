import type { TrafficSecond } from '../contract/events.ts';

/**
 * Counts traffic by the second for the live graph. The data plane calls the first four on its way: additions, nothing more.
 */
export interface Traffic {
  opened(): void;
  /** A request left, whatever became of it. */
  closed(result: { failed: boolean; inputTokens: number }): void;
  /** Output tokens seen just now (streams report as they go; the last report corrects the sum, and may be negative). */
  produced(outputTokens: number): void;
  firstToken(ms: number): void;
  /** The last 60 whole seconds, oldest first. */
  lastMinute(): TrafficSecond[];
  readonly inFlight: number;
  close(): void;
}
