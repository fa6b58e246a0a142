// Orders the candidates of a request and says of each one passed over why. Pure: it reads state and takes nothing.
import type { RouteOrder, Skip, Why } from '../contract/schemas/record.ts';
import type { Strategy } from '../contract/schemas/settings.ts';
import type { SpendingMode } from '../contract/schemas/spending.ts';
import type { Unavailable } from '../guards/accountHealth.ts';
import type { LimitReached } from '../guards/ledger.ts';
import {
  accountOff,
  endpointOff,
  type Unsupported,
  whyHeld,
  whyLimited,
  whyNoSecret,
  whyUnsupported,
} from '../guards/why.ts';
import type { CompiledAccount, CompiledEndpoint } from '../registry/snapshot.ts';
import { balance, type Dice } from './balancers.ts';
import { outsideMode } from './outsideMode.ts';
import type { Route } from './resolveModel.ts';

export interface Candidate {
  readonly endpoint: CompiledEndpoint;
  readonly account: CompiledAccount;
  readonly upstreamModel: string;
  /** Its circuit is open, or the model was missing there: tried because nothing better is left. */
  readonly lastResort: boolean;
  /** Why it is the last resort; null where it is none. */
  readonly held: Why | null;
}

export interface Plan {
  readonly candidates: readonly Candidate[];
  readonly skipped: readonly Skip[];
  readonly order: RouteOrder;
  /** Unix ms when the first skipped account comes back, where that is known. */
  readonly backAt: number | null;
}

/** What planning wants to know of runtime state. */
export interface PlanReadings {
  unavailable(account: CompiledAccount, upstreamModel: string): Unavailable | null;
  limit(account: CompiledAccount): LimitReached | null;
  inFlight(account: CompiledAccount): number;
  latency(account: CompiledAccount): number | null;
  /** Why the endpoint's kind can't serve this operation, or null. */
  unsupported(endpoint: CompiledEndpoint): Unsupported | null;
  readonly spending: SpendingMode;
}

export interface PlanRequest {
  readonly routes: readonly Route[];
  readonly strategy: Strategy;
  /** The account this conversation last went to. */
  readonly preferred: string | null;
  readonly readings: PlanReadings;
  readonly dice: Dice;
}

type Verdict = { use: 'now' } | { use: 'last'; why: Why } | { use: 'never'; why: Why; until: number | null };

function judge(
  endpoint: CompiledEndpoint,
  account: CompiledAccount,
  model: string,
  readings: PlanReadings,
): Verdict {
  const never = (why: Why, until: number | null = null): Verdict => ({ use: 'never', why, until });
  if (!endpoint.enabled) return never(endpointOff);
  if (!account.enabled) return never(accountOff);
  const outside = outsideMode(endpoint, readings.spending);
  if (outside) return never(outside.why, outside.until);
  const unsupported = readings.unsupported(endpoint);
  if (unsupported) return never(whyUnsupported(unsupported));
  const noSecret = whyNoSecret(account.credential);
  if (noSecret) return never(noSecret);
  const limit = readings.limit(account);
  if (limit) return never(whyLimited(limit), limit.until);
  const held = readings.unavailable(account, model);
  if (!held) return { use: 'now' };
  const why = whyHeld(held);
  return held.lastResort ? { use: 'last', why } : never(why, held.until);
}

interface Option extends Candidate {
  readonly endpointWeight: number;
  readonly accountWeight: number;
  readonly inFlight: number;
  readonly latency: number | null;
}

/** Puts the strategy to work within each priority, lower numbers first. */
function order(options: readonly Option[], strategy: Strategy, dice: Dice): Candidate[] {
  if (options.length < 2) return [...options];
  const priorities = [...new Set(options.map((option) => option.endpoint.priority))].sort((a, b) => a - b);
  return priorities.flatMap((priority) => {
    const group = options.filter((option) => option.endpoint.priority === priority);
    const weighed = group.map((option) => {
      const siblings = group.filter((other) => other.endpoint === option.endpoint);
      return {
        ...option,
        siblings: siblings.length,
        siblingWeight: siblings.reduce((sum, sibling) => sum + sibling.accountWeight, 0),
      };
    });
    return balance(strategy, weighed, dice);
  });
}

/** A conversation's account comes first among those of its own priority. */
function preferFirst(candidates: Candidate[], preferred: string | null): Candidate[] | null {
  if (preferred === null) return null;
  const index = candidates.findIndex((candidate) => candidate.account.key === preferred);
  const found = candidates[index];
  if (!found || found.endpoint.priority !== candidates[0]?.endpoint.priority) return null;
  return [found, ...candidates.slice(0, index), ...candidates.slice(index + 1)];
}

/** How many at the top are equal but for the strategy. */
function peersOf(candidates: readonly Candidate[]): number {
  const [first] = candidates;
  let peers = 0;
  for (const { endpoint, lastResort } of candidates) {
    if (endpoint.priority !== first?.endpoint.priority || lastResort !== first.lastResort) break;
    peers += 1;
  }
  return peers;
}

export function planRoute(request: PlanRequest): Plan {
  const { readings } = request;
  const options: Option[] = [];
  const skipped: Skip[] = [];
  let backAt: number | null = null;
  for (const { endpoint, upstreamModel } of request.routes) {
    for (const account of endpoint.accounts) {
      const verdict = judge(endpoint, account, upstreamModel, readings);
      if (verdict.use === 'never') {
        const { why, until } = verdict;
        skipped.push({ endpointId: endpoint.id, accountId: account.id, ...why, until });
        if (until !== null && (backAt === null || until < backAt)) backAt = until;
        continue;
      }
      options.push({
        endpoint,
        account,
        upstreamModel,
        lastResort: verdict.use === 'last',
        held: verdict.use === 'last' ? verdict.why : null,
        endpointWeight: endpoint.weight,
        accountWeight: account.weight,
        inFlight: readings.inFlight(account),
        latency: readings.latency(account),
      });
    }
  }
  const ready = options.filter((option) => !option.lastResort);
  const last = options.filter((option) => option.lastResort);
  const { strategy, dice } = request;
  const chosen = order(ready, strategy, dice);
  const preferred = preferFirst(chosen, request.preferred);
  const candidates = [...(preferred ?? chosen), ...order(last, strategy, dice)];
  const peers = peersOf(candidates);
  return {
    candidates,
    skipped,
    order: { strategy, sticky: preferred !== null, peers, behind: candidates.length - peers },
    backAt,
  };
}
