import { z } from 'zod';
import { limitUsageSchema } from './limits.ts';
import { strategySchema } from './settings.ts';

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

/**
 * Why a candidate is passed over, or kept for last; what an account's state says has the account state's name.
 * `unsupported` its kind has nothing like the operation; `cannot-carry` its dialect has no place for something in the request;
 * `probing` its circuit is open and a probe is on its way; `not-asked` the request is for another endpoint alone; `not-free`,
 * `not-chosen` and `paused` the spending mode leaves it out; `excluded` its own list of models does.
 */
export const skipCodeSchema = z.enum([
  'endpoint-off',
  'account-off',
  'locked',
  'missing',
  'limited',
  'cooling',
  'open',
  'probing',
  'refused',
  'exhausted',
  'model-missing',
  'unsupported',
  'cannot-carry',
  'not-asked',
  'not-free',
  'not-chosen',
  'paused',
  'excluded',
]);
export type SkipCode = z.output<typeof skipCodeSchema>;

export const skipFactsSchema = z.object({
  /** The limit that is reached, and what it allows. */
  limit: limitUsageSchema.keyof().optional(),
  allowed: z.number().optional(),
  /** What the upstream, the vault or the dialect said, redacted. */
  words: z.string().optional(),
  /** The operation its kind does not have, e.g. `images/edits`. */
  operation: z.string().optional(),
  /**
   * The member of the request that can't be carried, where that says enough: `messages` (what stands in them), `messages.system`,
   * `messages.tool`, `tools`, `tool_choice`, `n`, `modalities`.
   */
  member: z.string().optional(),
  /** Id of the endpoint that alone is asked while the spending mode says so. */
  only: z.string().optional(),
  /** What leaves the model out, without its `!`. */
  pattern: z.string().optional(),
});
export type SkipFacts = z.output<typeof skipFactsSchema>;

export const whySchema = z.object({
  /** Null in records of versions that wrote the reason only. */
  code: skipCodeSchema.nullable(),
  facts: skipFactsSchema,
  /** Code and facts in English, for logs and callers. */
  reason: z.string(),
});
export type Why = z.output<typeof whySchema>;

/** A candidate that was passed over, and why. */
export const skipSchema = whySchema.extend({
  endpointId: z.string(),
  accountId: z.string().nullable(),
  /** Unix milliseconds when it may be used again, where known. */
  until: z.number().nullable(),
  /** How many attempts came before; absent where it was passed over before the first. */
  after: z.number().optional(),
});
export type Skip = z.output<typeof skipSchema>;

/** How the candidates were put in order. */
export const routeOrderSchema = z.object({
  strategy: strategySchema,
  /** The conversation's earlier account was put first. */
  sticky: z.boolean(),
  /** How many shared the first priority, so that the strategy chose among them. */
  peers: z.number(),
  /** How many stood behind those. */
  behind: z.number(),
});
export type RouteOrder = z.output<typeof routeOrderSchema>;

/** `ok` whole answer; `failed` the client got an error; `cut` an answer that broke off; `cancelled` the client left. */
export const recordStatusSchema = z.enum(['ok', 'failed', 'cut', 'cancelled']);

/** One request as it is stored. */
export const recordSchema = z.object({
  id: z.string(),
  /** Unix milliseconds of arrival. */
  time: z.number(),
  clientKeyId: z.string(),
  /** Came with a secret that has been replaced and still works. Told as it happens; it is not kept with the record. */
  oldSecret: z.literal(true).optional(),
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
  /** Null where nothing was planned, and in records of versions that did not write it. */
  order: routeOrderSchema.nullable(),
});
export type RequestRecord = z.output<typeof recordSchema>;

export const recordFilterSchema = z.object({
  /** Records before this cursor (a cursor from an earlier page), newest first. */
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  status: recordStatusSchema.optional(),
  model: z.string().max(100).optional(),
  endpointId: z.string().optional(),
  accountId: z.string().optional(),
  clientKeyId: z.string().optional(),
  /** Those whose first token, or whole answer where it came in one piece, took at least so many milliseconds. */
  slowMs: z.coerce.number().min(0).optional(),
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
