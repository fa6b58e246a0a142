import type { Limits, LimitUsage } from '../contract/schemas/limits.ts';
import type { AccountView } from '../contract/schemas/views.ts';

/** How an account stands right now, for the window and for planning. Reading takes no permit and changes nothing. */
export interface AccountReading {
  state: Extract<AccountView['state'], 'ready' | 'cooling' | 'open' | 'limited' | 'refused' | 'exhausted'>;
  until: number | null;
  reason: string | null;
  holds: AccountView['holds'];
  inFlight: number;
  usage: LimitUsage;
}

/** The read side of all runtime state, for the control plane. */
export interface AccountStates {
  read(accountKey: string, limits: Limits): AccountReading;
  /** Use of a client key's limits. */
  readClientKey(clientKeyId: string): { usage: LimitUsage; spentUsdToday: number };
  /** Forgets cooldowns, circuits and refusals of the account. Counts stay. */
  clear(accountKey: string): void;
}
