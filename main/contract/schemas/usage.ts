import { z } from 'zod';

export const spans = ['60s', '1h', '24h', '7d', '30d'] as const;
export const spanSchema = z.enum(spans);
export type Span = z.output<typeof spanSchema>;

/** Sums over some set of requests. */
export const usageTotalsSchema = z.object({
  requests: z.number(),
  /** Requests that ended `failed` or `cut`. Cancelled ones count as neither success nor error. */
  errors: z.number(),
  cancelled: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  cachedTokens: z.number(),
  reasoningTokens: z.number(),
  /** Requests whose token counts are estimates. */
  estimated: z.number(),
  costUsd: z.number(),
  /** Requests whose price is unknown; `costUsd` leaves them out. */
  unpriced: z.number(),
  /** Mean milliseconds to the first token, null without data. */
  firstTokenMs: z.number().nullable(),
});
export type UsageTotals = z.output<typeof usageTotalsSchema>;

/** One point of a graph: the bucket that starts at `time` (Unix ms) and lasts `SeriesView.bucketMs`. */
export const seriesPointSchema = z.object({
  time: z.number(),
  /** `YYYY-MM-DD` in `quotaTimeZone`, where the bucket is that day. */
  day: z.string().optional(),
  requests: z.number(),
  errors: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  costUsd: z.number(),
  firstTokenMs: z.number().nullable(),
  /** Mean number of requests in flight; null where nobody noted how long they took, and for `60s`, which `usage.live` tells. */
  inFlight: z.number().nullable(),
});
export type SeriesPoint = z.output<typeof seriesPointSchema>;

/** Points are contiguous (empty buckets are zeros), oldest first. */
export const seriesViewSchema = z.object({
  span: spanSchema,
  bucketMs: z.number(),
  points: z.array(seriesPointSchema),
});
export type SeriesView = z.output<typeof seriesViewSchema>;

export const breakdownRowSchema = usageTotalsSchema.extend({
  key: z.string(),
  name: z.string(),
  /** It was removed: `name` is what it was called. */
  gone: z.literal(true).optional(),
});
export type BreakdownRow = z.output<typeof breakdownRowSchema>;

export const usageSummarySchema = z.object({
  span: spanSchema,
  totals: usageTotalsSchema,
  /**
   * Two stretches of the same length: the span's whole buckets (all but the running one), and the same ones a span earlier.
   * Null where the gateway was not in use so long ago.
   */
  comparison: z.object({ current: usageTotalsSchema, before: usageTotalsSchema }).nullable(),
  /** Since midnight in `quotaTimeZone`. */
  today: usageTotalsSchema,
  byModel: z.array(breakdownRowSchema),
  byEndpoint: z.array(breakdownRowSchema),
  byAccount: z.array(breakdownRowSchema),
  byClientKey: z.array(breakdownRowSchema),
});
export type UsageSummary = z.output<typeof usageSummarySchema>;

/** An hour of the day in which something was asked for. */
export const heatHourSchema = seriesPointSchema
  .omit({ time: true, day: true, firstTokenMs: true, inFlight: true })
  .extend({
    /** 0 to 23 in `quotaTimeZone`; an hour that begins at half past belongs to the one it begins in. */
    hour: z.number().int(),
  });
export type HeatHour = z.output<typeof heatHourSchema>;

/** The last 30 calendar days in `quotaTimeZone`, oldest first, today last; silent hours are left out. */
export const heatMapSchema = z.object({
  days: z.array(
    z.object({
      /** `YYYY-MM-DD` */
      day: z.string(),
      hours: z.array(heatHourSchema),
    }),
  ),
});
export type HeatMap = z.output<typeof heatMapSchema>;

/** What something was called that records may still name and the settings no longer hold. */
export const formerNameSchema = z.object({
  kind: z.enum(['endpoint', 'account', 'clientKey']),
  /** Of an account `<endpointId>/<accountId>`. */
  id: z.string(),
  name: z.string(),
});
export type FormerName = z.output<typeof formerNameSchema>;

/** What usage.db holds. */
export const usageFactsSchema = z.object({
  records: z.number(),
  bytes: z.number(),
  /** Unix ms of the oldest record; null where there is none. */
  oldest: z.number().nullable(),
});
export type UsageFacts = z.output<typeof usageFactsSchema>;
