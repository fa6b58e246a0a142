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

export function createMinuteWindow(): MinuteWindow {
  const requests = new Float64Array(buckets);
  const tokens = new Float64Array(buckets);
  let newest = Number.NEGATIVE_INFINITY;

  /** Empties the buckets between the newest second and this one. A clock that went back stays in the newest second. */
  function advance(at: number): number {
    const second = Math.floor(at / 1000);
    if (second <= newest) return newest;
    const stale = Math.min(second - newest, buckets);
    for (let step = 0; step < stale; step++) {
      requests[(second - step) % buckets] = 0;
      tokens[(second - step) % buckets] = 0;
    }
    newest = second;
    return second;
  }

  function sum(of: Float64Array, now: number): number {
    advance(now);
    let total = 0;
    for (const value of of) total += value;
    return Math.max(0, total);
  }

  return {
    add(at, requestCount, tokenCount) {
      const second = Math.floor(at / 1000);
      advance(at);
      // Restored calls may be older than the newest second, but not older than the window.
      if (second <= newest - buckets) return;
      const index = second % buckets;
      requests[index] = (requests[index] ?? 0) + requestCount;
      tokens[index] = (tokens[index] ?? 0) + tokenCount;
    },
    requests: (now) => sum(requests, now),
    tokens: (now) => sum(tokens, now),
    clear() {
      requests.fill(0);
      tokens.fill(0);
    },
    freeAt(now, what, limit, count) {
      const of = what === 'requests' ? requests : tokens;
      let used = sum(of, now);
      for (let age = buckets - 1; age >= 0; age--) {
        if (used + count <= limit) return now;
        const second = newest - age;
        used -= of[((second % buckets) + buckets) % buckets] ?? 0;
        if (used + count <= limit) return (second + buckets) * 1000;
      }
      return (newest + buckets) * 1000;
    },
  };
}
