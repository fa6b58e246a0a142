// Decides whether a client key may make this request now: switched on, not expired, model allowed, limits and budget. It looks at no endpoint.
import { GatewayError } from '../base/gatewayError.ts';
import { isAllowed } from '../contract/modelRules.ts';
import { clientKeyScope } from '../guards/accountHealth.ts';
import { isReservation, type Ledger, type LimitName, type Reservation } from '../guards/ledger.ts';
import type { CompiledClientKey } from '../registry/snapshot.ts';

const limitWords: Record<LimitName, string> = {
  rpm: 'requests per minute',
  rpd: 'requests per day',
  tpm: 'tokens per minute',
  tpd: 'tokens per day',
  concurrent: 'requests at a time',
};

/** Throws `client_key_disabled` where the key is off or has expired. `now` is Unix ms. */
export function checkKey(key: CompiledClientKey, now: number): void {
  if (!key.enabled)
    throw new GatewayError('client_key_disabled', `The client key "${key.name || key.id}" is switched off.`);
  if (key.expiresAt !== null && now >= key.expiresAt) {
    throw new GatewayError('client_key_disabled', `The client key "${key.name || key.id}" has expired.`);
  }
}

/** Takes a place below the key's limits, or throws the error that names what is in the way. */
export async function admit(
  key: CompiledClientKey,
  model: string,
  tokens: number,
  ledger: Ledger,
  now: number,
): Promise<Reservation> {
  checkKey(key, now);
  if (!isAllowed(key.models, model)) {
    throw new GatewayError(
      'model_not_allowed',
      `The client key "${key.name || key.id}" may not use the model "${model}".`,
      { param: 'model' },
    );
  }
  const scope = clientKeyScope(key.id);
  if (key.budgetUsdPerDay !== null && ledger.spentToday(scope) >= key.budgetUsdPerDay) {
    const retryAfterMs = ledger.today().endsAt - now;
    throw new GatewayError(
      'budget_exceeded',
      `Today's budget of $${key.budgetUsdPerDay} for this client key is used up.`,
      { retryAfterMs },
    );
  }
  const reservation = await ledger.reserve(scope, key.limits, tokens);
  if (isReservation(reservation)) return reservation;
  const { limit, allowed, until } = reservation;
  throw new GatewayError(
    'rate_limit_exceeded',
    `This client key's limit of ${allowed} ${limitWords[limit]} is reached.`,
    {
      retryAfterMs: until === null ? undefined : Math.max(0, until - now),
    },
  );
}
