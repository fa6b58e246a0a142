// Decides what one line says of an endpoint: how it stands, how many accounts can be used, and which trouble to name.
import type { AccountView, EndpointView } from '../../main/contract/schemas/views.ts';
import { accountTone } from './accountTone.ts';
import type { Tone } from './StateMark.tsx';

export interface EndpointStanding {
  tone: Tone;
  ready: number;
  /** Accounts that are switched on. */
  total: number;
  /** The account whose trouble is worth a word: one that needs a hand before one that only waits. Null while all is well. */
  trouble: AccountView | null;
  /** The waiting account that is back first; null where none waits for a known time. */
  next: AccountView | null;
  /** Unix ms at which that is. */
  backAt: number | null;
}

export function endpointStanding(endpoint: EndpointView): EndpointStanding {
  const inUse = endpoint.accounts.filter((account) => account.enabled);
  const ready = inUse.filter((account) => account.state === 'ready').length;
  const off = !endpoint.enabled || inUse.length === 0;
  const bad = inUse.find((account) => accountTone[account.state] === 'bad');
  const waiting = inUse.filter((account) => accountTone[account.state] === 'wait');
  const next = off ? null : firstBack(waiting);
  let tone: Tone = 'good';
  if (off) tone = 'off';
  else if (ready === 0) tone = waiting.length > 0 ? 'wait' : 'bad';
  else if (ready < inUse.length) tone = 'wait';
  return {
    tone,
    ready,
    total: inUse.length,
    trouble: off ? null : (bad ?? waiting[0] ?? null),
    next,
    backAt: next?.until ?? null,
  };
}

function firstBack(waiting: readonly AccountView[]): AccountView | null {
  const timed = waiting.filter(({ until }) => until !== null);
  return timed.toSorted((a, b) => (a.until as number) - (b.until as number))[0] ?? null;
}

export const limitKinds = ['rpm', 'rpd', 'tpm', 'tpd', 'concurrent'] as const;
export type LimitKind = (typeof limitKinds)[number];

export interface LimitUse {
  kind: LimitKind;
  used: number;
  /** N > 0. */
  limit: number;
}

/** Of the limits summed over usable accounts the one that is used up furthest; null where nothing is limited. */
export function tightestLimit(endpoint: EndpointView): LimitUse | null {
  const accounts = endpoint.accounts.filter((account) => account.enabled);
  let tightest: LimitUse | null = null;
  for (const kind of limitKinds) {
    if (kind === 'concurrent') continue;
    const limited = accounts.filter((account) => account.effectiveLimits[kind] > 0);
    // One account without the limit means that the endpoint as a whole has none.
    if (limited.length === 0 || limited.length < accounts.length) continue;
    const used = limited.reduce((sum, account) => sum + account.usage[kind], 0);
    const limit = limited.reduce((sum, account) => sum + account.effectiveLimits[kind], 0);
    if (!tightest || used / limit > tightest.used / tightest.limit) tightest = { kind, used, limit };
  }
  return tightest;
}
