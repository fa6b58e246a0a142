import { z } from 'zod';

export const spans = ['60s', '1h', '24h', '30d'] as const;
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
  requests: z.number(),
  errors: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  costUsd: z.number(),
  firstTokenMs: z.number().nullable(),
});
export type SeriesPoint = z.output<typeof seriesPointSchema>;

/** Points are contiguous (empty buckets are zeros), oldest first. */
export const seriesViewSchema = z.object({
  span: spanSchema,
  bucketMs: z.number(),
  points: z.array(seriesPointSchema),
});
export type SeriesView = z.output<typeof seriesViewSchema>;

export const breakdownRowSchema = usageTotalsSchema.extend({ key: z.string(), name: z.string() });
export type BreakdownRow = z.output<typeof breakdownRowSchema>;

export const usageSummarySchema = z.object({
  span: spanSchema,
  totals: usageTotalsSchema,
  /** Since midnight in `quotaTimeZone`. */
  today: usageTotalsSchema,
  byModel: z.array(breakdownRowSchema),
  byEndpoint: z.array(breakdownRowSchema),
  byAccount: z.array(breakdownRowSchema),
  byClientKey: z.array(breakdownRowSchema),
});
export type UsageSummary = z.output<typeof usageSummarySchema>;
