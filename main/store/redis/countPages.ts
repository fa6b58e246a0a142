// What this gateway has counted itself, a page for each scope and day, so that Redis can be told again whatever it forgets or misses.
import { createHash } from 'node:crypto';

/** A call that has been let through and not ended yet. */
export interface OpenCall {
  readonly id: string;
  readonly tokens: number;
  /** Monotonic ms. */
  readonly beganAt: number;
  /** Redis has been told of it, or may have been. */
  told: boolean;
}

export interface Use {
  readonly requests: 0 | 1;
  readonly tokens: number;
  readonly costUsd: number;
}

/** Requests and tokens of calls that began in one second (monotonic) and are over. */
export interface Second {
  readonly second: number;
  requests: number;
  tokens: number;
}

export interface CountPage {
  readonly scope: string;
  readonly day: string;
  /** minute, leases, day, calls: as the scripts want them. */
  readonly keys: readonly string[];
  /** What has been settled; it only ever grows. */
  requests: number;
  tokens: number;
  micros: number;
  /** Microdollars that other gateways had settled when Redis was last heard. */
  elsewhere: number;
  readonly open: Map<string, OpenCall>;
  /** Calls that Redis has been told of and that have ended since. */
  ended: Map<string, Use>;
  /** Calls of the last minute that Redis has not been told of one by one: they began and ended while it was away. */
  alone: Second[];
  /** Calls of the last minute that Redis knows of, for when it forgets them. */
  past: Second[];
  /** Redis has yet to be told of something. */
  dirty: boolean;
}

export interface CountPages {
  /** The page of the day; made where there is none. */
  of(scope: string, day: string): CountPage;
  all(): Iterable<CountPage>;
  /** A call with an id of its own, on no page yet. */
  call(tokens: number, told: boolean): OpenCall;
  end(page: CountPage, call: OpenCall, use: Use): void;
  /** Forgets days that are over and have nothing left to tell; a day that only changed its name (another zone) goes on. */
  turn(day: string, renamed: boolean): void;
}

const windowSeconds = 61;
/** More than this is no count; the scripts think the same. */
const most = 999_999_999_999;

const counted = (value: number): number => (value > 0 ? Math.min(Math.round(value), most) : 0);

/** Scopes hold names that people chose: Redis only sees their hash. The braces keep a scope on one node of a cluster. */
function keysOf(prefix: string, scope: string, day: string): string[] {
  const name = createHash('sha256').update(scope).digest('base64url').slice(0, 22);
  const base = `${prefix}{${name}}:`;
  return [`${base}minute`, `${base}leases`, `${base}day:${day}`, `${base}calls:${day}`];
}

export function createCountPages(deps: {
  prefix: string;
  /** Sixteen hexadecimal digits that no other gateway has. */
  gateway: string;
  monotonic: () => number;
}): CountPages {
  const pages = new Map<string, CountPage>();
  const over = new WeakSet<CountPage>();
  let calls = 0;

  function of(scope: string, day: string): CountPage {
    const name = `${day} ${scope}`;
    let page = pages.get(name);
    if (!page) {
      const keys = keysOf(deps.prefix, scope, day);
      const nothing = { requests: 0, tokens: 0, micros: 0, elsewhere: 0 };
      page = {
        scope,
        day,
        keys,
        ...nothing,
        open: new Map(),
        ended: new Map(),
        alone: [],
        past: [],
        dirty: false,
      };
      pages.set(name, page);
    }
    return page;
  }

  /** The list with the call added and all that is older than a minute gone. */
  function withCall(list: readonly Second[], call: OpenCall, tokens: number): Second[] {
    const second = Math.floor(call.beganAt / 1000);
    const oldest = Math.floor(deps.monotonic() / 1000) - windowSeconds;
    const recent = list.filter((one) => one.second > oldest);
    const same = recent.find((one) => one.second === second);
    if (same) {
      same.requests += 1;
      same.tokens += tokens;
    } else if (second > oldest) recent.push({ second, requests: 1, tokens });
    return recent;
  }

  return {
    of,
    all: () => pages.values(),
    call(tokens, told) {
      calls += 1;
      const id = `${deps.gateway}.${calls.toString(36)}`;
      return { id, tokens: counted(tokens), beganAt: deps.monotonic(), told };
    },
    end(page, call, use) {
      if (!page.open.delete(call.id)) return;
      page.dirty = true;
      const tokens = use.requests === 1 ? counted(use.tokens) : 0;
      const micros = use.requests === 1 ? counted(use.costUsd * 1e6) : 0;
      page.requests = counted(page.requests + use.requests);
      page.tokens = counted(page.tokens + tokens);
      page.micros = counted(page.micros + micros);
      if (call.told) page.ended.set(call.id, { ...use, tokens });
      if (use.requests === 0) return;
      if (call.told) page.past = withCall(page.past, call, tokens);
      else page.alone = withCall(page.alone, call, tokens);
    },
    turn(day, renamed) {
      for (const [name, page] of [...pages]) {
        if (page.day === day) continue;
        if (renamed && !pages.has(`${day} ${page.scope}`)) {
          const { requests, tokens, micros } = page;
          Object.assign(of(page.scope, day), { requests, tokens, micros, dirty: true });
        }
        // What could not be told for a whole day more is nobody's business any longer.
        if (page.open.size === 0 && (!page.dirty || over.has(page))) pages.delete(name);
        else over.add(page);
      }
    },
  };
}
