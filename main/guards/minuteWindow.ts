// A sliding minute in sixty-one one-second buckets: never lets more than the limit through in any 60 seconds, in constant memory.

const buckets = 61;

export interface MinuteWindow {
  /** Adds to the second that holds `at` (Unix ms). */
  add(at: number, requests: number, tokens: number): void;
  requests(now: number): number;
  tokens(now: number): number;
  clear(): void;
  /** Unix ms from which on `count` more requests (or tokens) would fit below `limit`, if nothing else comes. */
  freeAt(now: number, what: 'requests' | 'tokens', limit: number, count: number): number;
}

/** What one second after the other adds up to; the total is kept, for each request asks for it several times. */
interface Column {
  readonly seconds: Float64Array;
  total: number;
}

const emptyColumn = (): Column => ({ seconds: new Float64Array(buckets), total: 0 });

function put(column: Column, index: number, value: number): void {
  column.total += value - (column.seconds[index] ?? 0);
  column.seconds[index] = value;
}

export function createMinuteWindow(): MinuteWindow {
  const requests = emptyColumn();
  const tokens = emptyColumn();
  let newest = Number.NEGATIVE_INFINITY;

  /** Empties the buckets between the newest second and this one. A clock that went back stays in the newest second. */
  function advance(at: number): void {
    const second = Math.floor(at / 1000);
    if (second <= newest) return;
    if (second - newest >= buckets) clear();
    else
      for (let stale = newest + 1; stale <= second; stale++) {
        put(requests, stale % buckets, 0);
        put(tokens, stale % buckets, 0);
      }
    newest = second;
  }

  function clear(): void {
    for (const column of [requests, tokens]) {
      column.seconds.fill(0);
      column.total = 0;
    }
  }

  function sum({ total }: Column): number {
    return Math.max(0, total);
  }

  return {
    add(at, requestCount, tokenCount) {
      const second = Math.floor(at / 1000);
      advance(at);
      // Restored calls may be older than the newest second, but not older than the window.
      if (second <= newest - buckets) return;
      const index = second % buckets;
      put(requests, index, (requests.seconds[index] ?? 0) + requestCount);
      put(tokens, index, (tokens.seconds[index] ?? 0) + tokenCount);
    },
    requests(now) {
      advance(now);
      return sum(requests);
    },
    tokens(now) {
      advance(now);
      return sum(tokens);
    },
    clear,
    freeAt(now, what, limit, count) {
      advance(now);
      const column = what === 'requests' ? requests : tokens;
      let used = sum(column);
      for (let age = buckets - 1; age >= 0; age--) {
        if (used + count <= limit) return now;
        const second = newest - age;
        used -= column.seconds[((second % buckets) + buckets) % buckets] ?? 0;
        if (used + count <= limit) return (second + buckets) * 1000;
      }
      return (newest + buckets) * 1000;
    },
  };
}
