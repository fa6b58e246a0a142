// Why a candidate is passed over or kept for last: a code with its facts for windows, and a short English sentence for logs and callers.
import type { SkipFacts, Why } from '../contract/schemas/record.ts';
import type { Credential } from '../registry/snapshot.ts';
import type { Unavailable } from './accountHealth.ts';
import type { LimitReached } from './ledger.ts';

/** What an endpoint's kind does not have, and one sentence about it. */
export interface Unsupported {
  readonly operation: string;
  readonly words: string;
}

const why = (code: Why['code'], reason: string, facts: SkipFacts = {}): Why => ({ code, facts, reason });

export const endpointOff: Why = Object.freeze(why('endpoint-off', 'endpoint is switched off'));
export const accountOff: Why = Object.freeze(why('account-off', 'account is switched off'));
export const probing: Why = Object.freeze(why('probing', 'circuit open: a probe is on its way'));

const held: Record<Unavailable['state'], { code: Why['code']; words: string }> = {
  cooling: { code: 'cooling', words: 'cooling down' },
  refused: { code: 'refused', words: 'credential refused' },
  exhausted: { code: 'exhausted', words: 'out of credit' },
  missing: { code: 'model-missing', words: 'model not found there' },
  open: { code: 'open', words: 'circuit open' },
};

export function whyHeld({ state, reason }: Pick<Unavailable, 'state' | 'reason'>): Why {
  const { code, words } = held[state];
  return why(code, `${words}: ${reason}`, { words: reason });
}

export function whyLimited({ limit, allowed }: LimitReached): Why {
  return why('limited', `limit ${limit} ${allowed} reached`, { limit, allowed });
}

/** Null where the secret can be read, or none is needed. */
export function whyNoSecret(credential: Credential): Why | null {
  if (credential.state !== 'locked' && credential.state !== 'missing') return null;
  return why(credential.state, credential.reason);
}

/** The request is for another endpoint alone. */
export function whyNotAsked(onlyEndpoint: string): Why {
  return why('not-asked', `the request is for "${onlyEndpoint}" alone`);
}

export const notFree: Why = Object.freeze(why('not-free', 'only free endpoints are asked now'));
export const paused: Why = Object.freeze(why('paused', 'the gateway is paused'));

/** The spending mode asks another endpoint alone. */
export function whyNotChosen(only: string): Why {
  return why('not-chosen', `only "${only}" is asked now`, { only });
}

/** The endpoint's own list of models leaves the name out. */
export function whyExcluded(pattern: string): Why {
  return why('excluded', `left out of the endpoint's models by "!${pattern}"`, { pattern });
}

/** The endpoint's kind has nothing like the operation. */
export function whyUnsupported({ operation, words }: Unsupported): Why {
  return why('unsupported', words, { operation });
}

/** The endpoint's dialect has no place for something in this request. */
export function whyCannotCarry({ message, param }: { message: string; param: string | null }): Why {
  return why('cannot-carry', message, { words: message, ...(param === null ? {} : { member: param }) });
}
