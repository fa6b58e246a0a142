// Keeps the record of one request while it runs, and closes it exactly once: everything a person may later ask about it.
import { type AnswerOrigin, nobodyAsked } from '../base/answerOrigin.ts';
import type { GatewayError } from '../base/gatewayError.ts';
import type {
  Attempt,
  AttemptOutcome,
  RequestRecord,
  RouteOrder,
  Skip,
  UsageTokens,
} from '../contract/schemas/record.ts';
import type { Candidate, Plan } from '../routing/planRoute.ts';
import type { ClientRequest } from './clientRequest.ts';

const longestReason = 500;

export interface OpenAttempt {
  /** The upstream's status, as soon as it is known. */
  status: number | null;
  repairs: readonly string[];
  close(outcome: AttemptOutcome, reason: string | null): void;
}

export interface Ending {
  readonly status: RequestRecord['status'];
  readonly httpStatus: number;
  readonly error: Pick<GatewayError, 'code' | 'message'> | { code: null; message: string } | null;
}

/** The record of one request as it grows. */
export interface JournalEntry {
  /** How many were begun. */
  attempts(): number;
  /** Who was asked last. */
  origin(): AnswerOrigin;
  begin(candidate: Candidate): OpenAttempt;
  /** Takes the plan's order and whom it passes over. */
  planned(plan: Pick<Plan, 'order' | 'skipped'>): void;
  skip(skips: readonly Skip[]): void;
  /** Milliseconds since arrival at which the first meaningful event went by. */
  markFirstToken(): number;
  /** Says who answered. */
  answeredBy(candidate: Candidate): void;
  finish(ending: Ending): void;
  /** The finished record, once tokens and cost are known. */
  toRecord(tokens: UsageTokens, costUsd: number | null): RequestRecord;
}

export function openJournalEntry(
  request: ClientRequest,
  deps: { monotonic: () => number; redact: (text: string) => string },
): JournalEntry {
  const attempts: Attempt[] = [];
  const skipped: Skip[] = [];
  let order: RouteOrder | null = null;
  let answeredBy: Candidate | null = null;
  let firstTokenMs: number | null = null;
  let ending: Ending = { status: 'failed', httpStatus: 500, error: null };
  let totalMs = 0;
  const elapsed = (): number => Math.round((deps.monotonic() - request.arrived) * 10) / 10;
  const clean = (text: string | null): string | null =>
    text === null
      ? null
      : deps
          .redact(text.length > 4 * longestReason ? text.slice(0, 4 * longestReason) : text)
          .slice(0, longestReason);

  return {
    attempts: () => attempts.length,
    origin() {
      const last = attempts.at(-1);
      return last ? { ...last, attempts: attempts.length } : nobodyAsked;
    },
    begin(candidate) {
      const startMs = elapsed();
      const attempt: Attempt = {
        endpointId: candidate.endpoint.id,
        accountId: candidate.account.id,
        upstreamModel: candidate.upstreamModel,
        startMs,
        durationMs: 0,
        status: null,
        outcome: 'cancelled',
        reason: null,
        repairs: [],
      };
      attempts.push(attempt);
      const open: OpenAttempt = {
        status: null,
        repairs: [],
        close(outcome, reason) {
          attempt.durationMs = Math.round((elapsed() - startMs) * 10) / 10;
          attempt.status = open.status;
          attempt.outcome = outcome;
          attempt.reason = clean(reason);
          attempt.repairs = [...open.repairs];
        },
      };
      return open;
    },
    planned(plan) {
      order = plan.order;
      skipped.push(...plan.skipped);
    },
    skip(skips) {
      const after = attempts.length;
      skipped.push(...(after > 0 ? skips.map((skip) => ({ ...skip, after })) : skips));
    },
    markFirstToken() {
      firstTokenMs ??= elapsed();
      return firstTokenMs;
    },
    answeredBy(candidate) {
      answeredBy = candidate;
    },
    finish(with_) {
      ending = with_;
      totalMs = elapsed();
    },
    toRecord(tokens, costUsd) {
      const record: RequestRecord = {
        id: request.id,
        time: request.time,
        clientKeyId: request.key.id,
        userAgent: request.userAgent,
        operation: request.operation.name,
        stream: request.stream,
        clientModel: request.model,
        endpointId: answeredBy?.endpoint.id ?? null,
        accountId: answeredBy?.account.id ?? null,
        upstreamModel: answeredBy?.upstreamModel ?? null,
        status: ending.status,
        httpStatus: ending.httpStatus,
        errorCode: ending.error?.code ?? null,
        errorMessage: clean(ending.error?.message ?? null),
        firstTokenMs,
        totalMs,
        tokens,
        costUsd,
        attempts,
        skipped,
        order,
      };
      // All records but these few have one shape, which is faster made, copied and stored.
      return request.oldSecret ? { ...record, oldSecret: true } : record;
    },
  };
}
