// Counts calls together with other gateways through Redis. It never makes a call wait longer than one command may take, and what
// Redis forgets (a flush, a restart) or misses (an outage) it is told again.
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Limits, LimitUsage } from '../../contract/schemas/limits.ts';
import { type CountPage, createCountPages, type OpenCall, type Use } from './countPages.ts';
import { isLoopback, parseRedisUrl } from './parseRedisUrl.ts';
import { type Ask, createRedisLink } from './redisLink.ts';
import type { RedisTrouble } from './redisTrouble.ts';
import { limitNames } from './scripts.ts';
import { createSharedDay } from './sharedDay.ts';

export interface RedisCountsOptions {
  /** `redis://user:password@host:6379/0`, or `rediss://` for TLS. The caller gives its password to the redactor. */
  readonly url: string;
  readonly clock: Clock;
  readonly log: Log;
  /** The quota time zone in force: an IANA name or `local`. */
  readonly timeZone: () => string;
  /** Called with a sentence when counts stop being shared, and with null when they are shared again. */
  readonly onTrouble: (reason: string | null) => void;
  /** Begins every key; `sluice:` unless told. */
  readonly prefix?: string;
  /** The longest time that anybody waits for Redis; 250 ms unless told. */
  readonly commandMs?: number;
  /** How long a call holds its place without a sign of life of its gateway; 15 minutes unless told. */
  readonly leaseMs?: number;
  /** How often a gateway says that it is there; 10 s unless told. Three times as long it counts as there. */
  readonly heartbeatMs?: number;
}

/** A call counted together with other gateways. The first settle ends it, later ones are ignored. */
export interface RedisCall {
  settle(use: Use): void;
}

export interface RedisRefusal {
  readonly limit: keyof LimitUsage;
  readonly allowed: number;
  readonly until: number | null;
}

/** What `SharedCounts` (main/guards) asks for. */
export interface RedisCounts {
  take(scope: string, limits: Limits, tokens: number): Promise<RedisCall | RedisRefusal | null>;
  note(scope: string, tokens: number): RedisCall;
  spentToday(scope: string): number;
  readonly gateways: number;
  readonly connected: boolean;
  close(): Promise<void>;
}

/** Days and open calls are kept for this long after the last word on them. */
const dayTtlMs = 2 * 86_400_000;
const warnEveryMs = 10_000;
/** More gateways than this are a value that somebody else wrote. */
const mostGateways = 1_000;

/** Returns at once and connects in the background. Throws RedisUrlError where the URL is none. */
export function createRedisCounts(options: RedisCountsOptions): RedisCounts {
  const { clock, log } = options;
  const { prefix = 'sluice:', commandMs = 250, leaseMs = 15 * 60_000, heartbeatMs = 10_000 } = options;
  const address = parseRedisUrl(options.url);
  const gateway = randomBytes(8).toString('hex');
  const pages = createCountPages({ prefix, gateway, monotonic: clock.monotonic });
  const day = createSharedDay(clock, options.timeZone);
  const changed = new Set<CountPage>();
  let gateways = 1;
  /** When Redis began to remember, by its own word; null where it has never been heard. */
  let epoch: number | null = null;
  let today: { day: string; zone: string } | null = null;
  let renewedAt = clock.monotonic();
  let ignored = 0;
  let warnedAt = Number.NEGATIVE_INFINITY;

  if (!address.tls && !isLoopback(address.host)) {
    log.warn('the connection to Redis is not encrypted: use rediss:// outside a trusted network');
  }

  function warn(values: number): void {
    ignored += values;
    if (ignored === 0 || clock.monotonic() - warnedAt < warnEveryMs) return;
    warnedAt = clock.monotonic();
    log.warn('values in Redis that are no counts were ignored and removed', { values: ignored });
    ignored = 0;
  }

  /** The day by Redis' clock; pages of another one are put away when it has changed. */
  function turnDay(): string {
    const zone = options.timeZone();
    const now = day.today().day;
    if (today && today.day !== now) pages.turn(now, today.zone !== zone);
    today = { day: now, zone };
    return now;
  }

  const pageOf = (scope: string): CountPage => pages.of(scope, turnDay());

  /** What every script on a page begins with: who says it, and what has been settled. */
  const standing = ({ requests, tokens, micros }: CountPage): (string | number)[] => [
    gateway,
    requests,
    tokens,
    micros,
    leaseMs,
    dayTtlMs,
  ];

  function learn(page: CountPage, answer: readonly number[], micros: number): void {
    const [, now = day.now(), spent = 0, values = 0] = answer;
    day.learn(now);
    page.elsewhere = Math.max(0, spent - micros);
    warn(values);
  }

  /** Tells Redis what it does not know of a page yet, or all open calls too, or whatever it may have forgotten. Never rejects. */
  async function tell(page: CountPage, what: 'changes' | 'calls' | 'everything'): Promise<void> {
    changed.delete(page);
    const opened = [...page.open.values()].filter((call) => what !== 'changes' || !call.told);
    const { ended, alone, micros } = page;
    const seconds = what === 'everything' ? [...alone, ...page.past] : alone;
    page.ended = new Map();
    page.alone = [];
    page.dirty = false;
    const now = clock.monotonic();
    for (const call of opened) call.told = true;
    const args = [
      ...standing(page),
      opened.length,
      ...opened.flatMap((call) => [call.id, call.tokens, Math.floor((now - call.beganAt) / 1000)]),
      ended.size,
      ...[...ended].flatMap(([id, use]) => [id, use.requests, use.tokens]),
      seconds.length,
      ...seconds.flatMap((one) => [Math.floor(now / 1000) - one.second, one.requests, one.tokens]),
    ];
    try {
      learn(page, await link.run('tell', page.keys, args), micros);
      page.past.push(...alone);
    } catch {
      // Saying it again does no harm, but for seconds counted alone: those may then count twice for a minute.
      for (const [id, use] of ended) page.ended.set(id, use);
      page.alone.push(...alone);
      page.dirty = true;
    }
  }

  function tellChanged(): void {
    for (const page of [...changed]) if (link.up) void tell(page, 'changes');
  }

  /** Changes of one turn of the event loop go out together. */
  function change(page: CountPage): void {
    if (!link.up) return;
    if (changed.size === 0) setImmediate(tellChanged);
    changed.add(page);
  }

  function sharedCall(page: CountPage, call: OpenCall): RedisCall {
    return {
      settle(use) {
        pages.end(page, call, use);
        change(page);
      },
    };
  }

  async function greet(ask: Ask, isNew: () => boolean): Promise<void> {
    const answer = await ask(
      'greet',
      [`${prefix}gateways`, `${prefix}epoch`],
      [gateway, 3 * heartbeatMs, dayTtlMs],
    );
    const [, now = day.now(), seen = 1, values = 0, saidEpoch = 0] = answer;
    day.learn(now);
    gateways = Math.min(Math.max(seen, 1), mostGateways);
    warn(values);
    if (epoch === null) log.info('limits are shared through Redis', { redis: address.shown, gateways });
    turnDay();
    const forgotten = epoch !== saidEpoch;
    epoch = saidEpoch;
    const renew = isNew() || clock.monotonic() - renewedAt >= leaseMs / 3;
    if (renew) renewedAt = clock.monotonic();
    for (const page of pages.all()) {
      if (forgotten) void tell(page, 'everything');
      else if (isNew() || (renew && page.open.size > 0)) void tell(page, 'calls');
      else if (page.dirty) void tell(page, 'changes');
    }
  }

  function onTrouble(trouble: RedisTrouble | null): void {
    const facts = { redis: address.shown };
    if (trouble === null) {
      log.info('limits are shared through Redis again', facts);
      options.onTrouble(null);
      return;
    }
    const reason = `Redis can't be used: ${trouble.text}. Meanwhile each gateway keeps to its share of every limit.`;
    log.warn(reason, facts);
    options.onTrouble(reason);
  }

  const link = createRedisLink({ address, commandMs, heartbeatMs, greet, onTrouble });

  function refusal(limits: Limits, place: number, freeAt: number): RedisRefusal | null {
    const limit = limitNames[place];
    if (limit === undefined || limit === 'none') return null;
    const allowed = limits[limit];
    if (allowed === 0 || limit === 'concurrent') return { limit, allowed, until: null };
    const at = limit === 'rpd' || limit === 'tpd' ? day.today().endsAt : freeAt;
    return { limit, allowed, until: at > 0 ? day.toLocal(at) : null };
  }

  return {
    async take(scope, limits, tokens) {
      if (!link.up) return null;
      const page = pageOf(scope);
      // A place that has just been given back must be free before the next one is asked for.
      if (changed.has(page)) void tell(page, 'changes');
      // Not among the open calls of the page before Redis agrees: those are asserted again and again.
      const call = pages.call(tokens, true);
      const { rpm, rpd, tpm, tpd, concurrent } = limits;
      const { micros } = page;
      const args = [...standing(page), call.id, call.tokens, rpm, rpd, tpm, tpd, concurrent];
      try {
        const answer = await link.run('take', page.keys, args);
        const [taken, , , , place = 0, freeAt = 0] = answer;
        learn(page, answer, micros);
        if (taken !== 1) return refusal(limits, place, freeAt);
      } catch {
        // It may have been taken all the same: give it back as soon as Redis listens.
        page.ended.set(call.id, { requests: 0, tokens: 0, costUsd: 0 });
        page.dirty = true;
        change(page);
        return null;
      }
      page.open.set(call.id, call);
      return sharedCall(page, call);
    },
    note(scope, tokens) {
      const page = pageOf(scope);
      const call = pages.call(tokens, false);
      page.open.set(call.id, call);
      page.dirty = true;
      change(page);
      return sharedCall(page, call);
    },
    spentToday(scope) {
      const page = pageOf(scope);
      return (page.elsewhere + page.micros) / 1e6;
    },
    get gateways() {
      return gateways;
    },
    get connected() {
      return link.up;
    },
    async close() {
      for (const page of pages.all()) if (link.up && page.dirty) void tell(page, 'changes');
      await link.close((client) => client.zrem(`${prefix}gateways`, gateway));
    },
  };
}
