// Counts what accounts and client keys use and holds it below their limits: reserved before the call, settled after it.
import type { Clock } from '../base/clock.ts';
import { type DayWindow, dayWindow } from '../base/day.ts';
import { createSteadyTime } from '../base/steadyTime.ts';
import type { Limits, LimitUsage } from '../contract/schemas/limits.ts';
import { createMinuteWindow, type MinuteWindow } from './minuteWindow.ts';

export type LimitName = keyof LimitUsage;

/** A limit that stands in the way, and when (Unix ms) it will not; null where only a finishing call frees it. */
export interface LimitReached {
  readonly limit: LimitName;
  readonly allowed: number;
  readonly until: number | null;
}

/** A call that has been let through. Exactly one of the two ends it; later calls are ignored. */
export interface Reservation {
  settle(use: { tokens: number; costUsd: number }): void;
  /** The call never reached anyone who would count it: nothing is used up. */
  refund(): void;
}

/** What is to be written down, so that counts outlive the process. */
export interface LedgerSink {
  count(delta: { scope: string; day: string; requests: number; tokens: number; costUsd: number }): void;
  addCall(call: { scope: string; time: number; tokens: number }): void;
}

export interface Ledger {
  /** The first limit in the way of one more call of about `tokens` tokens, or null. Takes nothing. */
  check(scope: string, limits: Limits, tokens: number): LimitReached | null;
  /** Takes one call, or says which limit is in the way. A promise only where other gateways have a say (Redis). */
  reserve(
    scope: string,
    limits: Limits,
    tokens: number,
  ): Reservation | LimitReached | Promise<Reservation | LimitReached>;
  usage(scope: string): LimitUsage;
  /** US dollars spent by this scope since midnight. */
  spentToday(scope: string): number;
  inFlight(scope: string): number;
  /** The calendar day counts belong to now. */
  today(): DayWindow;
  /** Takes over what an earlier process had counted. */
  restore(counts: {
    days: readonly { scope: string; day: string; requests: number; tokens: number; costUsd: number }[];
    calls: readonly { scope: string; time: number; tokens: number }[];
  }): void;
  /** Days follow this zone from now on; the counts of the running day are kept. */
  setTimeZone(zone: string): void;
}

/** What was counted in a day: in all, with what is reserved, and what of it is over and handed to the sink. */
interface DayCounts {
  day: string;
  requests: number;
  tokens: number;
  over: { requests: number; tokens: number; costUsd: number };
}

interface Account {
  minute: MinuteWindow;
  /** Another object each day: a call settles in the one it began in, whatever that day is called by then. */
  counted: DayCounts;
  inFlight: number;
}

function emptyDay(day: string): DayCounts {
  return { day, requests: 0, tokens: 0, over: { requests: 0, tokens: 0, costUsd: 0 } };
}

export function isReservation(result: Reservation | LimitReached): result is Reservation {
  return 'settle' in result;
}

/** Farther back than clocks are put right, or moved with the zone. */
const farBackMs = 86_400_000;

/** The counts of this process alone: it answers at once. */
export interface LocalLedger extends Ledger {
  reserve(scope: string, limits: Limits, tokens: number): Reservation | LimitReached;
}

export function createLedger(deps: { clock: Clock; sink: LedgerSink; timeZone: string }): LocalLedger {
  const { clock, sink } = deps;
  const accounts = new Map<string, Account>();
  /** Minutes are measured by it; days are the wall clock's. */
  const steady = createSteadyTime(clock);
  let zone = deps.timeZone;
  let window = dayWindow(clock.now(), zone);

  function today(): DayWindow {
    const now = clock.now();
    if (now >= window.endsAt) window = dayWindow(now, zone);
    // A clock set back stays in the later day: counters are never reset by going back. But a day that is days ahead was wrong, and
    // would not end for as long.
    else if (now < window.startsAt - farBackMs) renameDay();
    return window;
  }

  /** The running day is called otherwise from now on; what was counted in it stays, and is found by that name after a restart. */
  function renameDay(): void {
    const before = window.day;
    window = dayWindow(clock.now(), zone);
    if (window.day === before) return;
    for (const [scope, { counted }] of accounts) {
      if (counted.day !== before) continue;
      counted.day = window.day;
      const { requests, tokens, costUsd } = counted.over;
      if (requests === 0) continue;
      sink.count({ scope, day: before, requests: -requests, tokens: -tokens, costUsd: -costUsd });
      sink.count({ scope, day: window.day, requests, tokens, costUsd });
    }
  }

  function account(scope: string): Account {
    let found = accounts.get(scope);
    const { day } = today();
    if (!found) {
      found = { minute: createMinuteWindow(), counted: emptyDay(day), inFlight: 0 };
      accounts.set(scope, found);
    }
    if (found.counted.day !== day) found.counted = emptyDay(day);
    return found;
  }

  function check(scope: string, limits: Limits, tokens: number): LimitReached | null {
    const of = account(scope);
    const { requests: requestsToday, tokens: tokensToday } = of.counted;
    const now = steady.now();
    const reached = (limit: LimitName, allowed: number, until: number | null): LimitReached => ({
      limit,
      allowed,
      until,
    });
    const { rpm, rpd, tpm, tpd, concurrent } = limits;
    if (concurrent >= 0 && of.inFlight >= concurrent) return reached('concurrent', concurrent, null);
    if (rpd >= 0 && requestsToday >= rpd) return reached('rpd', rpd, rpd === 0 ? null : window.endsAt);
    // A single call larger than the whole limit passes when nothing else is counted: it could never pass otherwise.
    if (tpd >= 0 && tokensToday + (tokensToday === 0 ? Math.min(tokens, tpd) : tokens) > tpd) {
      return reached('tpd', tpd, window.endsAt);
    }
    if (tpd === 0) return reached('tpd', tpd, null);
    if (rpm >= 0 && of.minute.requests(now) >= rpm) {
      return reached('rpm', rpm, rpm === 0 ? null : steady.toWall(of.minute.freeAt(now, 'requests', rpm, 1)));
    }
    if (tpm >= 0) {
      const used = of.minute.tokens(now);
      const asked = used === 0 ? Math.min(tokens, tpm) : tokens;
      if (tpm === 0) return reached('tpm', tpm, null);
      if (used + asked > tpm)
        return reached(
          'tpm',
          tpm,
          steady.toWall(of.minute.freeAt(now, 'tokens', tpm, Math.min(tokens, tpm))),
        );
    }
    return null;
  }

  function take(scope: string, tokens: number): Reservation {
    const of = account(scope);
    const time = clock.now();
    const at = steady.now();
    const { counted } = of;
    of.minute.add(at, 1, tokens);
    counted.requests += 1;
    counted.tokens += tokens;
    of.inFlight += 1;
    let open = true;
    /** Replaces the estimate by the real use. */
    const close = (requests: 0 | 1, realTokens: number, costUsd: number): void => {
      if (!open) return;
      open = false;
      of.inFlight -= 1;
      of.minute.add(at, requests - 1, realTokens - tokens);
      counted.requests += requests - 1;
      counted.tokens += realTokens - tokens;
      if (requests === 0) return;
      counted.over.requests += 1;
      counted.over.tokens += realTokens;
      counted.over.costUsd += costUsd;
      sink.count({ scope, day: counted.day, requests, tokens: realTokens, costUsd });
      sink.addCall({ scope, time, tokens: realTokens });
    };
    return { settle: (use) => close(1, use.tokens, use.costUsd), refund: () => close(0, 0, 0) };
  }

  return {
    check,
    reserve: (scope, limits, tokens) => check(scope, limits, tokens) ?? take(scope, tokens),
    usage(scope) {
      const of = account(scope);
      const now = steady.now();
      return {
        rpm: of.minute.requests(now),
        rpd: of.counted.requests,
        tpm: of.minute.tokens(now),
        tpd: Math.max(0, of.counted.tokens),
        concurrent: of.inFlight,
      };
    },
    spentToday: (scope) => account(scope).counted.over.costUsd,
    inFlight: (scope) => accounts.get(scope)?.inFlight ?? 0,
    today,
    restore(counts) {
      const { day } = today();
      for (const stored of counts.days) {
        if (stored.day !== day) continue;
        const { counted } = account(stored.scope);
        counted.requests += stored.requests;
        counted.tokens += stored.tokens;
        counted.over.requests += stored.requests;
        counted.over.tokens += stored.tokens;
        counted.over.costUsd += stored.costUsd;
      }
      const now = clock.now();
      for (const { scope, time, tokens } of counts.calls) {
        // One that is yet to come was written under a wrong clock; its minute would not end until then.
        account(scope).minute.add(steady.fromWall(Math.min(time, now)), 1, tokens);
      }
    },
    setTimeZone(next) {
      if (next === zone) return;
      // What is over by the old zone is no part of the running day.
      today();
      zone = next;
      renameDay();
    },
  };
}
