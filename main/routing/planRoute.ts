// Orders the candidates of a request and says of each one passed over why. Pure: it reads state and takes nothing.
import type { Skip } from '../contract/schemas/record.ts';
import type { Strategy } from '../contract/schemas/settings.ts';
import type { Unavailable } from '../guards/accountHealth.ts';
import type { LimitReached } from '../guards/ledger.ts';
import type { CompiledAccount, CompiledEndpoint } from '../registry/snapshot.ts';
import { balance, type Dice } from './balancers.ts';
import type { Route } from './resolveModel.ts';

export interface Candidate {
  readonly endpoint: CompiledEndpoint;
  readonly account: CompiledAccount;
  readonly upstreamModel: string;
  /** Its circuit is open, or the model was missing there: tried because nothing better is left. */
  readonly lastResort: boolean;
  /** Why it is the last resort; null where it is none. */
  readonly held: string | null;
}

export interface Plan {
  readonly candidates: readonly Candidate[];
  readonly skipped: readonly Skip[];
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
  unsupported(endpoint: CompiledEndpoint): string | null;
}

export interface PlanRequest {
  readonly routes: readonly Route[];
  readonly strategy: Strategy;
  /** The account this conversation last went to. */
  readonly preferred: string | null;
  readonly readings: PlanReadings;
  readonly dice: Dice;
}

const stateWords: Record<Unavailable['state'], string> = {
  cooling: 'cooling down',
  refused: 'credential refused',
  exhausted: 'out of credit',
  missing: 'model not found there',
  open: 'circuit open',
};

function credentialProblem(account: CompiledAccount): string | null {
  const { credential } = account;
  return credential.state === 'locked' || credential.state === 'missing' ? credential.reason : null;
}

type Verdict =
  | { use: 'now' }
  | { use: 'last'; reason: string }
  | { use: 'never'; reason: string; until: number | null };

function judge(
  endpoint: CompiledEndpoint,
  account: CompiledAccount,
  model: string,
  readings: PlanReadings,
): Verdict {
  const never = (reason: string, until: number | null = null): Verdict => ({ use: 'never', reason, until });
  if (!endpoint.enabled) return never('endpoint is switched off');
  if (!account.enabled) return never('account is switched off');
  const unsupported = readings.unsupported(endpoint);
  if (unsupported) return never(unsupported);
  const credential = credentialProblem(account);
  if (credential) return never(credential);
  const limit = readings.limit(account);
  if (limit) return never(`limit ${limit.limit} ${limit.allowed} reached`, limit.until);
  const held = readings.unavailable(account, model);
  if (!held) return { use: 'now' };
  const reason = `${stateWords[held.state]}: ${held.reason}`;
  return held.lastResort ? { use: 'last', reason } : never(reason, held.until);
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
function preferFirst(candidates: Candidate[], preferred: string | null): Candidate[] {
  if (preferred === null) return candidates;
  const index = candidates.findIndex((candidate) => candidate.account.key === preferred);
  const found = candidates[index];
  if (!found || found.endpoint.priority !== candidates[0]?.endpoint.priority) return candidates;
  return [found, ...candidates.slice(0, index), ...candidates.slice(index + 1)];
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
        const { reason, until } = verdict;
        skipped.push({ endpointId: endpoint.id, accountId: account.id, reason, until });
        if (until !== null && (backAt === null || until < backAt)) backAt = until;
        continue;
      }
      options.push({
        endpoint,
        account,
        upstreamModel,
        lastResort: verdict.use === 'last',
        held: verdict.use === 'last' ? verdict.reason : null,
        endpointWeight: endpoint.weight,
        accountWeight: account.weight,
        inFlight: readings.inFlight(account),
        latency: readings.latency(account),
      });
    }
  }
  const ready = options.filter((option) => !option.lastResort);
  const last = options.filter((option) => option.lastResort);
  const candidates = preferFirst(order(ready, request.strategy, request.dice), request.preferred);
  return { candidates: [...candidates, ...order(last, request.strategy, request.dice)], skipped, backAt };
}
