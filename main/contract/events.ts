import { z } from 'zod';
import { recordSchema } from './schemas/record.ts';

/** One second of traffic, as the live graph draws it. */
export const trafficSecondSchema = z.object({
  /** Unix ms at which the second starts. */
  time: z.number(),
  /** Requests that ended in it. */
  requests: z.number(),
  errors: z.number(),
  inputTokens: z.number(),
  /** Output tokens seen in it, streams in progress included. */
  outputTokens: z.number(),
  /** Mean first-token milliseconds of answers whose first token fell into it. */
  firstTokenMs: z.number().nullable(),
  /** Requests in flight at its end. */
  inFlight: z.number(),
});
export type TrafficSecond = z.output<typeof trafficSecondSchema>;

/**
 * What the window is told. Except for `traffic` and `records`, an event carries no state: it says what to fetch again.
 * Events are coalesced to at most five a second of each name.
 */
export const liveEventSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('traffic'), second: trafficSecondSchema }),
  z.object({ name: z.literal('records'), records: z.array(recordSchema) }),
  z.object({ name: z.literal('status') }),
  z.object({ name: z.literal('endpoints') }),
  z.object({ name: z.literal('clientKeys') }),
  z.object({ name: z.literal('settings') }),
  /** What was recorded is gone. */
  z.object({ name: z.literal('usage') }),
]);
export type LiveEvent = z.output<typeof liveEventSchema>;
export type LiveEventName = LiveEvent['name'];
