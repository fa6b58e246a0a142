// What is added up over requests, in roll-ups and in answers alike: one definition of error, estimate and price.
import type { RequestRecord } from '../../contract/schemas/record.ts';
import type { UsageTotals } from '../../contract/schemas/usage.ts';

/** Sums that can be added to one another, unlike totals, which hold a mean. */
export interface Sums {
  requests: number;
  errors: number;
  cancelled: number;
  input: number;
  output: number;
  cached: number;
  reasoning: number;
  estimated: number;
  cost: number;
  unpriced: number;
  firstTokenSum: number;
  firstTokenCount: number;
  /** Milliseconds that requests were in flight, each in the stretch of time it fell into. Only roll-ups hold it. */
  busyMs: number;
}

export type CountedRequest = Pick<RequestRecord, 'status' | 'tokens' | 'costUsd' | 'firstTokenMs'>;

export function emptySums(): Sums {
  return {
    requests: 0,
    errors: 0,
    cancelled: 0,
    input: 0,
    output: 0,
    cached: 0,
    reasoning: 0,
    estimated: 0,
    cost: 0,
    unpriced: 0,
    firstTokenSum: 0,
    firstTokenCount: 0,
    busyMs: 0,
  };
}

export function addRequest(sums: Sums, request: CountedRequest): void {
  const { status, tokens, costUsd, firstTokenMs } = request;
  sums.requests += 1;
  if (status === 'failed' || status === 'cut') sums.errors += 1;
  if (status === 'cancelled') sums.cancelled += 1;
  sums.input += tokens.input;
  sums.output += tokens.output;
  sums.cached += tokens.cached;
  sums.reasoning += tokens.reasoning;
  if (tokens.source === 'estimated') sums.estimated += 1;
  // A request that used no tokens has no price to be missing.
  if (costUsd !== null) sums.cost += costUsd;
  else if (tokens.input + tokens.output > 0) sums.unpriced += 1;
  if (firstTokenMs !== null) {
    sums.firstTokenSum += firstTokenMs;
    sums.firstTokenCount += 1;
  }
}

export function addSums(into: Sums, from: Sums): void {
  into.requests += from.requests;
  into.errors += from.errors;
  into.cancelled += from.cancelled;
  into.input += from.input;
  into.output += from.output;
  into.cached += from.cached;
  into.reasoning += from.reasoning;
  into.estimated += from.estimated;
  into.cost += from.cost;
  into.unpriced += from.unpriced;
  into.firstTokenSum += from.firstTokenSum;
  into.firstTokenCount += from.firstTokenCount;
  into.busyMs += from.busyMs;
}

/** Mean milliseconds to the first token, null without data. */
export function meanFirstToken(sums: Sums): number | null {
  return sums.firstTokenCount > 0 ? sums.firstTokenSum / sums.firstTokenCount : null;
}

export function totalsOf(sums: Sums): UsageTotals {
  return {
    requests: sums.requests,
    errors: sums.errors,
    cancelled: sums.cancelled,
    inputTokens: sums.input,
    outputTokens: sums.output,
    cachedTokens: sums.cached,
    reasoningTokens: sums.reasoning,
    estimated: sums.estimated,
    costUsd: sums.cost,
    unpriced: sums.unpriced,
    firstTokenMs: meanFirstToken(sums),
  };
}
