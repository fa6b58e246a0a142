import { leavesOut } from '../contract/leavesOut.ts';
import type { Why } from '../contract/schemas/record.ts';
import type { SpendingMode } from '../contract/schemas/spending.ts';
import { notFree, paused, whyNotChosen } from '../guards/why.ts';
import type { CompiledEndpoint } from '../registry/snapshot.ts';

/** Why the spending mode leaves the endpoint out, and until when (Unix ms); null where it may be asked. */
export function outsideMode(
  endpoint: CompiledEndpoint,
  spending: SpendingMode,
): { why: Why; until: number | null } | null {
  if (spending.mode === 'normal' || !leavesOut(spending, endpoint)) return null;
  if (spending.mode === 'free') return { why: notFree, until: null };
  const why = spending.mode === 'paused' ? paused : whyNotChosen(spending.endpointId);
  return { why, until: spending.until };
}
