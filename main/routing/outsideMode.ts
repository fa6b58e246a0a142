import type { Why } from '../contract/schemas/record.ts';
import type { SpendingMode } from '../contract/schemas/spending.ts';
import { notFree, paused, whyNotChosen } from '../guards/why.ts';
import type { CompiledEndpoint } from '../registry/snapshot.ts';

/** Why the spending mode leaves the endpoint out, and until when (Unix ms); null where it may be asked. */
export function outsideMode(
  { id, free }: CompiledEndpoint,
  spending: SpendingMode,
): { why: Why; until: number | null } | null {
  switch (spending.mode) {
    case 'normal':
      return null;
    case 'free':
      return free ? null : { why: notFree, until: null };
    case 'endpoint':
      return id === spending.endpointId
        ? null
        : { why: whyNotChosen(spending.endpointId), until: spending.until };
    case 'paused':
      return { why: paused, until: spending.until };
  }
}
