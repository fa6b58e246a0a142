import type { SpendingMode } from './schemas/spending.ts';

/** Whether the spending mode keeps requests from this endpoint. */
export function leavesOut(spending: SpendingMode, endpoint: { id: string; free: boolean }): boolean {
  switch (spending.mode) {
    case 'normal':
      return false;
    case 'free':
      return !endpoint.free;
    case 'endpoint':
      return endpoint.id !== spending.endpointId;
    case 'paused':
      return true;
  }
}
