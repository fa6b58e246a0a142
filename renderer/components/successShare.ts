import type { UsageTotals } from '../../main/contract/schemas/usage.ts';

/** Share of requests that ended well among those that ended either way; null without any. */
export function successShare(totals: UsageTotals): number | null {
  const judged = totals.requests - totals.cancelled;
  return judged > 0 ? (judged - totals.errors) / judged : null;
}
