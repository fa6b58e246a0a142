import type { Account } from '../../contract/schemas/endpoint.ts';
import type { AccountView } from '../../contract/schemas/views.ts';
import type { AccountReading } from '../../guards/accountStates.ts';
import type { CompiledAccount, CompiledEndpoint } from '../../registry/snapshot.ts';
import { secretView } from './secretView.ts';

/** What a switch or an unreadable secret says goes before what the account went through. */
function standing(
  endpoint: CompiledEndpoint,
  account: CompiledAccount,
  reading: AccountReading,
): Pick<AccountView, 'state' | 'until' | 'reason'> {
  if (!endpoint.enabled || !account.enabled) return { state: 'off', until: null, reason: null };
  const { credential } = account;
  if (credential.state === 'locked' || credential.state === 'missing')
    return { state: credential.state, until: null, reason: credential.reason };
  return { state: reading.state, until: reading.until, reason: reading.reason };
}

/** Of a password nothing is shown: four letters of one are a good part of it. */
function shownSecret({ email, credential }: CompiledAccount): AccountView['secret'] {
  const view = secretView(credential);
  return email === null || view.mask === null ? view : { ...view, mask: '••' };
}

/** `written` is the account as settings.json holds it; null for the one an endpoint without accounts runs on. */
export function accountView(
  endpoint: CompiledEndpoint,
  account: CompiledAccount,
  written: Account | null,
  reading: AccountReading,
): AccountView {
  return {
    id: account.id,
    name: account.name,
    ...(account.email === null ? {} : { email: account.email }),
    enabled: account.enabled,
    weight: account.weight,
    limits: written?.limits ?? {},
    secret: shownSecret(account),
    effectiveLimits: account.limits,
    usage: reading.usage,
    ...standing(endpoint, account, reading),
    holds: reading.holds,
    inFlight: reading.inFlight,
  };
}
