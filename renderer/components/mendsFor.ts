// Decides what can be done, where a candidate was passed over or failed, about the reason for it: by how things stand now, not then.
import { leavesOut } from '../../main/contract/leavesOut.ts';
import { splitRules } from '../../main/contract/modelRules.ts';
import { normalSpending } from '../../main/contract/normalSpending.ts';
import type { AttemptOutcome, SkipCode, SkipFacts } from '../../main/contract/schemas/record.ts';
import type { SpendingMode } from '../../main/contract/schemas/spending.ts';
import type { AccountView, EndpointView } from '../../main/contract/schemas/views.ts';

/**
 * `clear` forget what holds the account back; `limit` raise it; `key` enter another; `unlock` ask the vault again; `unname` take
 * the name out of the endpoint; `test` ask the account something; `model` look where the name goes; `normal` end the spending mode.
 */
export type Mend =
  | 'clear'
  | 'endpointOn'
  | 'accountOn'
  | 'accountOff'
  | 'limit'
  | 'key'
  | 'unlock'
  | 'unname'
  | 'test'
  | 'model'
  | 'normal';

export interface MendPlan {
  /** `removed` the endpoint or account is gone; `unneeded` what was in the way no longer is. */
  standing: 'removed' | 'unneeded' | null;
  mends: readonly Mend[];
}

export interface Trouble {
  cause: SkipCode | AttemptOutcome;
  facts?: SkipFacts;
  endpoint: EndpointView | undefined;
  /** Null where the whole endpoint is meant. */
  account: AccountView | null | undefined;
  /** The name the client asked for. */
  model: string;
  /** What it is called there; null where that is not known. */
  upstreamModel: string | null;
  /** The mode in force; normal unless it is given. */
  spending?: SpendingMode | undefined;
}

const nothing: MendPlan = { standing: null, mends: [] };
const unneeded: MendPlan = { standing: 'unneeded', mends: [] };
const mend = (...mends: Mend[]): MendPlan => ({ standing: null, mends });

/** Where the name stands in an endpoint's own settings, so that it can be taken out. A list of models is never emptied: that would mean all. */
export function namedBy(endpoint: EndpointView, model: string): 'mapping' | 'models' | null {
  if (Object.hasOwn(endpoint.modelMapping, model)) return 'mapping';
  const { named } = splitRules(endpoint.models);
  return named.includes(model) && named.length > 1 ? 'models' : null;
}

function isHeld(account: AccountView, upstreamModel: string | null): boolean {
  const { state, holds } = account;
  if (state === 'refused' || state === 'exhausted') return true;
  // Where no model is held back so, the whole account is.
  if ((state === 'cooling' || state === 'open') && !holds.some((hold) => hold.state === state)) return true;
  return holds.some(({ model }) => upstreamModel === null || model === upstreamModel);
}

/** The account an endpoint without any is given: it has neither key nor switch. */
export const implicitId = 'none';

function ofAccount(trouble: Trouble, endpoint: EndpointView, account: AccountView): MendPlan {
  const { cause, facts, model, upstreamModel } = trouble;
  const implicit = account.id === implicitId;
  const off: Mend[] = implicit || !account.enabled ? [] : ['accountOff'];
  const key: Mend[] = implicit || account.email ? [] : ['key'];
  switch (cause) {
    case 'account-off':
      return account.enabled ? unneeded : mend('accountOn');
    case 'cooling':
    case 'open':
    case 'probing':
    case 'rate-limited':
      return isHeld(account, upstreamModel) ? mend('clear', ...off) : unneeded;
    case 'refused':
      if (!account.enabled) return mend('accountOn', ...key);
      return account.state === 'refused' ? mend(...key, 'clear', ...off) : unneeded;
    case 'exhausted':
      if (!account.enabled) return mend('accountOn');
      return account.state === 'exhausted' ? mend('clear', ...off) : unneeded;
    case 'locked':
      return account.state === 'locked' ? mend('unlock') : unneeded;
    case 'missing':
      return account.state === 'missing' ? mend(...key) : unneeded;
    case 'limited': {
      const allowed = facts?.limit === undefined ? -1 : account.effectiveLimits[facts.limit];
      if (facts?.limit === undefined || allowed < 0) return unneeded;
      const reached = account.usage[facts.limit] >= allowed;
      return { standing: reached ? null : 'unneeded', mends: ['limit'] };
    }
    case 'model-missing': {
      const unname: Mend[] = namedBy(endpoint, model) ? ['unname'] : [];
      return isHeld(account, upstreamModel) ? mend('clear', ...unname, 'model') : mend(...unname, 'model');
    }
    case 'unreachable':
    case 'timeout':
    case 'server-error':
    case 'bad-answer':
    case 'cut':
      return isHeld(account, upstreamModel) ? mend('test', 'clear') : mend('test');
    default:
      return nothing;
  }
}

export function mendsFor(trouble: Trouble): MendPlan {
  const { cause, endpoint, account, spending = normalSpending } = trouble;
  if (cause === 'ok' || cause === 'cancelled' || cause === 'invalid' || cause === 'not-asked') return nothing;
  if (!endpoint || account === undefined) return { standing: 'removed', mends: [] };
  if (cause === 'not-free' || cause === 'not-chosen' || cause === 'paused')
    return leavesOut(spending, endpoint) ? mend('normal') : unneeded;
  if (cause === 'unsupported' || cause === 'cannot-carry') return mend('model');
  if (!endpoint.enabled) return mend('endpointOn');
  if (cause === 'endpoint-off') return unneeded;
  return account === null ? nothing : ofAccount(trouble, endpoint, account);
}
