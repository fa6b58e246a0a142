// Remembers how accounts fared: refusals, cooldowns and circuits, per account and per account and model. It outlives settings edits.
import type { Clock } from '../base/clock.ts';
import { createSteadyTime } from '../base/steadyTime.ts';
import type { Limits } from '../contract/schemas/limits.ts';
import type { AccountReading, AccountStates } from './accountStates.ts';
import { type Breaker, createBreaker } from './breaker.ts';
import type { Ledger } from './ledger.ts';
import type { Uplink } from './uplink.ts';

/** A state that ends at `until` (Unix ms), or by hand only (null). */
export interface Hold {
  readonly state: 'cooling' | 'refused' | 'exhausted' | 'missing';
  readonly until: number | null;
  readonly reason: string;
}

/** Why an account can't be used for a model now. */
export interface Unavailable {
  readonly state: Hold['state'] | 'open';
  readonly until: number | null;
  readonly reason: string;
  /** May still be tried when nothing else is left: an open circuit by a single probe, a model that was missing before. */
  readonly lastResort: boolean;
}

/** The right to make one attempt. Exactly one of the three ends it; later calls are ignored. What the uplink excuses is no failure. */
export interface Permit {
  succeeded(): void;
  failed(reason: string): void;
  released(): void;
}

export interface AccountHealth extends AccountStates {
  unavailable(accountKey: string, model: string): Unavailable | null;
  /** Null where the circuit lets nobody through. `force` as for Breaker.tryEnter. */
  enter(accountKey: string, model: string, force: boolean): Permit | null;
  /** `model` null holds the whole account. */
  hold(accountKey: string, model: string | null, hold: Hold): void;
  /** How often a rate limit without a stated time came in a row: 0, 1, 2 … for doubling back-off. */
  rateLimitStreak(accountKey: string, model: string): number;
  /** A good answer's milliseconds to the first token, for the strategy `fastest`. */
  noteLatency(accountKey: string, ms: number): void;
  /** Smoothed milliseconds to the first token; null without data. */
  latency(accountKey: string): number | null;
}

interface ModelHealth {
  hold: Hold | null;
  breaker: Breaker;
  streak: number;
}

interface Health {
  hold: Hold | null;
  latency: number | null;
  models: Map<string, ModelHealth>;
}

/** Client-chosen names (patterns) must not grow the table without end. */
const maxModels = 256;
const latencyWeight = 0.3;

export const accountScope = (accountKey: string): string => `account:${accountKey}`;
export const clientKeyScope = (clientKeyId: string): string => `clientKey:${clientKeyId}`;

export function createAccountHealth(deps: {
  clock: Clock;
  ledger: Ledger;
  uplink: Pick<Uplink, 'breaks' | 'excuses'>;
  random: () => number;
  /** Something a window shows has changed. */
  onChange: () => void;
  /** The account is to be tried again, whatever was said of it elsewhere. */
  onClear?: (accountKey: string) => void;
}): AccountHealth {
  const { ledger, uplink, random, onChange } = deps;
  /** In here all times are steady ones: a clock set back by an hour must not hold an account for an hour longer. */
  const steady = createSteadyTime(deps.clock);
  const accounts = new Map<string, Health>();

  function health(accountKey: string): Health {
    let found = accounts.get(accountKey);
    if (!found) {
      found = { hold: null, latency: null, models: new Map() };
      accounts.set(accountKey, found);
    }
    return found;
  }

  function modelHealth(accountKey: string, model: string): ModelHealth {
    const { models } = health(accountKey);
    let found = models.get(model);
    if (!found) {
      if (models.size >= maxModels) models.delete(models.keys().next().value as string);
      found = { hold: null, breaker: createBreaker(random), streak: 0 };
      models.set(model, found);
    }
    return found;
  }

  const wallOf = (until: number | null): number | null => (until === null ? null : steady.toWall(until));

  /** With its end by the wall clock. */
  const running = (hold: Hold | null, now: number): Hold | null =>
    hold && (hold.until === null || hold.until > now) ? { ...hold, until: wallOf(hold.until) } : null;

  function openCircuit(breaker: Breaker, now: number): Unavailable | null {
    const until = breaker.openUntil(now);
    if (until === null && !breaker.probing) return null;
    return {
      state: 'open',
      until: wallOf(until),
      reason: breaker.reason ?? 'repeated failures',
      lastResort: !breaker.probing,
    };
  }

  function unavailable(accountKey: string, model: string): Unavailable | null {
    const found = accounts.get(accountKey);
    if (!found) return null;
    const now = steady.now();
    const whole = running(found.hold, now);
    if (whole) return { ...whole, lastResort: false };
    const of = found.models.get(model);
    if (!of) return null;
    const part = running(of.hold, now);
    if (part) return { ...part, lastResort: part.state === 'missing' };
    return openCircuit(of.breaker, now);
  }

  function read(accountKey: string, limits: Limits): AccountReading {
    const now = steady.now();
    const scope = accountScope(accountKey);
    const found = accounts.get(accountKey);
    const holds: AccountReading['holds'] = [];
    for (const [model, of] of found?.models ?? []) {
      const hold = running(of.hold, now);
      const open = openCircuit(of.breaker, now);
      if (hold)
        holds.push({
          model,
          state: hold.state === 'missing' ? 'missing' : 'cooling',
          until: hold.until,
          reason: hold.reason,
        });
      else if (open) holds.push({ model, state: 'open', until: open.until, reason: open.reason });
    }
    const whole = running(found?.hold ?? null, now);
    const reached = ledger.check(scope, limits, 1);
    const base = { holds, inFlight: ledger.inFlight(scope), usage: ledger.usage(scope) };
    if (whole) {
      const state = whole.state === 'missing' ? 'cooling' : whole.state;
      return { ...base, state, until: whole.until, reason: whole.reason };
    }
    if (reached && reached.limit !== 'concurrent') {
      return {
        ...base,
        state: 'limited',
        until: reached.until,
        reason: `${reached.limit} ${reached.allowed}`,
      };
    }
    const worst =
      holds.find((hold) => hold.state === 'open') ?? holds.find((hold) => hold.state === 'cooling');
    if (worst) {
      return {
        ...base,
        state: worst.state === 'open' ? 'open' : 'cooling',
        until: worst.until,
        reason: worst.reason,
      };
    }
    return { ...base, state: 'ready', until: null, reason: null };
  }

  return {
    unavailable,
    read,
    readClientKey: (id) => ({
      usage: ledger.usage(clientKeyScope(id)),
      spentUsdToday: ledger.spentToday(clientKeyScope(id)),
    }),
    clear(accountKey) {
      deps.onClear?.(accountKey);
      const found = accounts.get(accountKey);
      if (!found) return;
      found.hold = null;
      found.models.clear();
      onChange();
    },
    enter(accountKey, model, force) {
      const of = modelHealth(accountKey, model);
      if (!of.breaker.tryEnter(steady.now(), force)) return null;
      let open = true;
      const begunAt = uplink.breaks;
      const once = (end: () => void) => () => {
        if (!open) return;
        open = false;
        end();
      };
      return {
        succeeded: once(() => {
          const now = steady.now();
          // A cooldown set meanwhile by a parallel call stands: this answer may be older than it.
          const cooling = of.hold?.state === 'cooling' && running(of.hold, now) !== null;
          const wasHeld = of.streak > 0 || of.hold !== null || of.breaker.reason !== null;
          if (!cooling) {
            of.streak = 0;
            of.hold = null;
          }
          of.breaker.succeeded(now);
          if (wasHeld) onChange();
        }),
        failed(reason) {
          once(() => {
            if (uplink.excuses(begunAt)) {
              of.breaker.released();
              return;
            }
            of.breaker.failed(steady.now(), reason);
            onChange();
          })();
        },
        released: once(() => of.breaker.released()),
      };
    },
    hold(accountKey, model, hold) {
      const of = model === null ? health(accountKey) : modelHealth(accountKey, model);
      of.hold = { ...hold, until: hold.until === null ? null : steady.fromWall(hold.until) };
      if (model !== null && hold.state === 'cooling') modelHealth(accountKey, model).streak += 1;
      onChange();
    },
    rateLimitStreak: (accountKey, model) => accounts.get(accountKey)?.models.get(model)?.streak ?? 0,
    noteLatency(accountKey, ms) {
      const of = health(accountKey);
      of.latency = of.latency === null ? ms : of.latency + latencyWeight * (ms - of.latency);
    },
    latency: (accountKey) => accounts.get(accountKey)?.latency ?? null,
  };
}
