// What planning asks of runtime state, put to the guards. Whoever plans, to call or to show, reads the same.
import { type AccountHealth, accountScope } from '../guards/accountHealth.ts';
import type { Ledger } from '../guards/ledger.ts';
import type { Spending } from '../guards/spending.ts';
import type { PlanReadings } from './planRoute.ts';

export interface Guards {
  readonly ledger: Pick<Ledger, 'check' | 'inFlight'>;
  readonly health: Pick<AccountHealth, 'unavailable' | 'latency'>;
  readonly spending: Pick<Spending, 'current'>;
}

/** `tokens`: what the request is guessed to use, for the limits. */
export function planReadings(
  { ledger, health, spending }: Guards,
  tokens: number,
  unsupported: PlanReadings['unsupported'],
): PlanReadings {
  return {
    unavailable: (account, model) => health.unavailable(account.key, model),
    limit: (account) => ledger.check(accountScope(account.key), account.limits, tokens),
    inFlight: (account) => ledger.inFlight(accountScope(account.key)),
    latency: (account) => health.latency(account.key),
    unsupported,
    spending: spending.current(),
  };
}
