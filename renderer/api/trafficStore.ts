import type { TrafficSecond } from '../../main/contract/events.ts';

/** How much is kept: the drawn minute and what slides out of it. */
const keptSeconds = 75;

/** Rates over the last minute, as the figures show them. */
export interface TrafficRates {
  requestsPerMinute: number;
  /** Output tokens a second, mean of the last five seconds. */
  tokensPerSecond: number;
  /** Mean over the seconds in which a first token came; null without any. */
  firstTokenMs: number | null;
  inFlight: number;
}

/** The last minute of traffic by the second. It holds facts; graphs and figures read it at their own pace. */
export interface TrafficStore {
  /** Replaces what is known by the gateway's own last minute. */
  seed(seconds: readonly TrafficSecond[]): void;
  push(second: TrafficSecond): void;
  /** Contiguous seconds up to and including `lastMs` (Unix ms of the gateway), gaps filled with zeros. */
  until(lastMs: number): TrafficSecond[];
  /** The gateway's clock, told from when its seconds arrive: Unix ms now. */
  gatewayNow(): number;
  rates(): TrafficRates;
}

function emptySecond(time: number, inFlight: number): TrafficSecond {
  return { time, requests: 0, errors: 0, inputTokens: 0, outputTokens: 0, firstTokenMs: null, inFlight };
}

export function createTrafficStore(now: () => number = Date.now): TrafficStore {
  const seconds = new Map<number, TrafficSecond>();
  let skew: number | null = null;
  let latest: TrafficSecond | null = null;

  function keep(second: TrafficSecond) {
    const time = Math.floor(second.time / 1000) * 1000;
    seconds.set(time, { ...second, time });
    if (!latest || time >= latest.time) latest = { ...second, time };
    for (const key of seconds.keys()) if (key < latest.time - keptSeconds * 1000) seconds.delete(key);
  }

  function gatewayNow() {
    return now() + (skew ?? 0);
  }

  function until(lastMs: number): TrafficSecond[] {
    const last = Math.floor(lastMs / 1000) * 1000;
    const result: TrafficSecond[] = [];
    for (let time = last - (keptSeconds - 1) * 1000; time <= last; time += 1000) {
      result.push(seconds.get(time) ?? emptySecond(time, latest?.inFlight ?? 0));
    }
    return result;
  }

  return {
    seed(list) {
      seconds.clear();
      latest = null;
      for (const second of list) keep(second);
    },
    push(second) {
      keep(second);
      // A second is told when it is over; the quickest delivery seen is the best estimate of the difference.
      const difference = second.time + 1000 - now();
      skew = skew === null ? difference : Math.max(skew, difference);
    },
    until,
    gatewayNow,
    rates() {
      const whole = until(gatewayNow() - 1000);
      const minute = whole.slice(-60);
      const tokens = whole.slice(-5).reduce((sum, second) => sum + second.outputTokens, 0);
      const firsts = minute.flatMap((second) => (second.firstTokenMs === null ? [] : [second.firstTokenMs]));
      return {
        requestsPerMinute: minute.reduce((sum, second) => sum + second.requests, 0),
        tokensPerSecond: Math.max(0, tokens / 5),
        firstTokenMs: firsts.length ? firsts.reduce((sum, ms) => sum + ms, 0) / firsts.length : null,
        inFlight: latest?.inFlight ?? 0,
      };
    },
  };
}
