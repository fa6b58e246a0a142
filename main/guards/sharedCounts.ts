import type { Limits } from '../contract/schemas/limits.ts';
import type { LimitReached } from './ledger.ts';

/** A call counted together with other gateways. The first settle ends it, later ones are ignored; without one its time-to-live does. */
export interface SharedCall {
  /** Replaces the estimate by what was used; `requests` 0 takes the call back. Never waits, never throws. */
  settle(use: { requests: 0 | 1; tokens: number; costUsd: number }): void;
}

/** Windows that several gateways share, so that a limit holds over all of them together. */
export interface SharedCounts {
  /**
   * Takes one call below the limits, atomically over all gateways, or says which is in the way. Null where the store can't be
   * asked now (down, slow, full): then this process's own counts decide. Answers within 250 ms.
   */
  take(scope: string, limits: Limits, tokens: number): Promise<SharedCall | LimitReached | null>;
  /** Counts a call that has been let through without asking. The others learn of it as soon as the store can be told. */
  note(scope: string, tokens: number): SharedCall;
  /** US dollars that all gateways together have spent today, as far as the store told with the last call of this scope. */
  spentToday(scope: string): number;
  /** How many gateways share the counts, as last seen; at least 1, which is this one. */
  readonly gateways: number;
  /** False while counts are not shared, e.g. because Redis is down. */
  readonly connected: boolean;
  close(): Promise<void>;
}
