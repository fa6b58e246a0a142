import { z } from 'zod';

/** Where a token count comes from. */
export const tokenSourceSchema = z.enum(['reported', 'estimated', 'none']);

export const usageTokensSchema = z.object({
  /** Prompt tokens, cached ones included. */
  input: z.number(),
  /** Completion tokens, reasoning included. */
  output: z.number(),
  /** Part of `input` read from the provider's cache. */
  cached: z.number(),
  /** Part of `output` spent on reasoning. */
  reasoning: z.number(),
  source: tokenSourceSchema,
});
export type UsageTokens = z.output<typeof usageTokensSchema>;

/**
 * What became of one attempt. `ok` answered; `invalid` the upstream refused the request itself (caller's mistake);
 * the rest are failures by cause; `cut` broke off after content was sent; `cancelled` the client went away.
 */
export const attemptOutcomeSchema = z.enum([
  'ok',
  'invalid',
  'refused',
  'exhausted',
  'rate-limited',
  'model-missing',
  'server-error',
  'bad-answer',
  'unreachable',
  'timeout',
  'cut',
  'cancelled',
]);
export type AttemptOutcome = z.output<typeof attemptOutcomeSchema>;

export const attemptSchema = z.object({
  endpointId: z.string(),
  accountId: z.string(),
  upstreamModel: z.string(),
  /** Milliseconds from the request's arrival to the start of this attempt. */
  startMs: z.number(),
  durationMs: z.number(),
  /** HTTP status the upstream answered with; null where it never answered. */
  status: z.number().nullable(),
  outcome: attemptOutcomeSchema,
  /** The upstream's own words or the transport's error, redacted, at most 500 characters. */
  reason: z.string().nullable(),
  /** What the gateway changed in the request for this upstream, e.g. "dropped stream_options". */
  repairs: z.array(z.string()),
});
export type Attempt = z.output<typeof attemptSchema>;

/** A candidate that was passed over, and why. */
export const skipSchema = z.object({
  endpointId: z.string(),
  accountId: z.string().nullable(),
  reason: z.string(),
  /** Unix milliseconds when it may be used again, where known. */
  until: z.number().nullable(),
});
export type Skip = z.output<typeof skipSchema>;

/** `ok` whole answer; `failed` the client got an error; `cut` an answer that broke off; `cancelled` the client left. */
export const recordStatusSchema = z.enum(['ok', 'failed', 'cut', 'cancelled']);

/** One request as it is stored. */
export const recordSchema = z.object({
  id: z.string(),
  /** Unix milliseconds of arrival. */
  time: z.number(),
  clientKeyId: z.string(),
  userAgent: z.string(),
  /** e.g. `chat`, `embeddings`, `images/generations`. */
  operation: z.string(),
  stream: z.boolean(),
  clientModel: z.string(),
  endpointId: z.string().nullable(),
  accountId: z.string().nullable(),
  upstreamModel: z.string().nullable(),
  status: recordStatusSchema,
  /** HTTP status sent to the client (499 where it left first). */
  httpStatus: z.number(),
  /** Catalogue code of the error sent, if any. */
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  firstTokenMs: z.number().nullable(),
  totalMs: z.number(),
  tokens: usageTokensSchema,
  costUsd: z.number().nullable(),
  attempts: z.array(attemptSchema),
  skipped: z.array(skipSchema),
});
export type RequestRecord = z.output<typeof recordSchema>;

export const recordFilterSchema = z.object({
  /** Records before this cursor (a cursor from an earlier page), newest first. */
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  status: recordStatusSchema.optional(),
  model: z.string().max(100).optional(),
  endpointId: z.string().optional(),
  clientKeyId: z.string().optional(),
  /** Text found in model names, error text or ids. */
  search: z.string().max(100).optional(),
  since: z.coerce.number().optional(),
  until: z.coerce.number().optional(),
});
export type RecordFilter = z.output<typeof recordFilterSchema>;

export const recordPageSchema = z.object({
  records: z.array(recordSchema),
  nextCursor: z.string().nullable(),
});
export type RecordPage = z.output<typeof recordPageSchema>;
