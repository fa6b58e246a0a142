// Counts traffic by the second for the live graph. It measures what passes; it never decides anything.
import type { Clock } from '../base/clock.ts';
import type { TrafficSecond } from '../contract/events.ts';
import type { LiveBus } from './liveBus.ts';

/**
 * Counts traffic by the second for the live graph. The data plane calls the first four on its way: additions, nothing more.
 */
export interface Traffic {
  opened(): void;
  /** A request left, whatever became of it. */
  closed(result: { failed: boolean; inputTokens: number }): void;
  /** Output tokens seen just now (streams report as they go; the last report corrects the sum, and may be negative). */
  produced(outputTokens: number): void;
  firstToken(ms: number): void;
  /** The last 60 whole seconds, oldest first. */
  lastMinute(): TrafficSecond[];
  readonly inFlight: number;
  close(): void;
}

const windowSeconds = 60;
/** The window and the second that runs. */
const ringSize = windowSeconds + 1;
/** After a longer gap (sleep, a clock set forward) windows fetch the minute again rather than hear of each second. */
const maxCatchUp = 5;

interface Bucket {
  /** Unix seconds; a bucket whose second does not match is stale. */
  second: number;
  requests: number;
  errors: number;
  inputTokens: number;
  outputTokens: number;
  firstTokenSum: number;
  firstTokens: number;
  inFlightBefore: number;
  inFlight: number;
}

const emptyBucket = (second: number, inFlight: number): Bucket => ({
  second,
  requests: 0,
  errors: 0,
  inputTokens: 0,
  outputTokens: 0,
  firstTokenSum: 0,
  firstTokens: 0,
  inFlightBefore: inFlight,
  inFlight,
});

function toSecond(bucket: Bucket): TrafficSecond {
  return {
    time: bucket.second * 1000,
    requests: bucket.requests,
    errors: bucket.errors,
    inputTokens: bucket.inputTokens,
    // A correction may land in a second of its own; the graph knows no negative rate.
    outputTokens: Math.max(0, bucket.outputTokens),
    firstTokenMs: bucket.firstTokens > 0 ? bucket.firstTokenSum / bucket.firstTokens : null,
    inFlight: bucket.inFlight,
  };
}

/** Buckets are found by wall-clock second, so silence costs nothing; a timer runs only while somebody listens for `traffic`. */
export function createTraffic(deps: { clock: Clock; liveBus: LiveBus }): Traffic {
  const ring: (Bucket | undefined)[] = new Array(ringSize);
  let inFlight = 0;
  let timer: NodeJS.Timeout | null = null;
  let lastPublished = 0;

  const secondNow = (): number => Math.floor(deps.clock.now() / 1000);
  const at = (second: number): Bucket | null => {
    const bucket = ring[second % ringSize];
    return bucket?.second === second ? bucket : null;
  };

  function current(): Bucket {
    const second = secondNow();
    let bucket = at(second);
    if (!bucket) {
      bucket = emptyBucket(second, inFlight);
      ring[second % ringSize] = bucket;
    }
    return bucket;
  }

  /** `count` seconds up to and without `end`; silent ones carry on what was in flight before them. */
  function seconds(end: number, count: number): TrafficSecond[] {
    const start = end - windowSeconds;
    let flying = inFlight;
    for (let second = start; second <= end; second += 1) {
      const bucket = at(second);
      if (!bucket) continue;
      flying = bucket.inFlightBefore;
      break;
    }
    const all: TrafficSecond[] = [];
    for (let second = start; second < end; second += 1) {
      const bucket = at(second) ?? emptyBucket(second, flying);
      flying = bucket.inFlight;
      all.push(toSecond(bucket));
    }
    return all.slice(-count);
  }

  function schedule(): void {
    timer = setTimeout(tick, 1000 - (deps.clock.now() % 1000));
    timer.unref();
  }

  function tick(): void {
    const now = secondNow();
    const passed = now - 1 - lastPublished;
    if (passed !== 0) {
      const due = passed >= 1 && passed <= maxCatchUp ? passed : 1;
      lastPublished = now - 1;
      for (const second of seconds(now, due)) deps.liveBus.publish({ name: 'traffic', second });
    }
    schedule();
  }

  const unwatch = deps.liveBus.watch('traffic', (listeners) => {
    if (listeners > 0 && !timer) {
      lastPublished = secondNow() - 1;
      schedule();
    } else if (listeners === 0 && timer) {
      clearTimeout(timer);
      timer = null;
    }
  });

  return {
    opened() {
      const bucket = current();
      inFlight += 1;
      bucket.inFlight = inFlight;
    },
    closed(result) {
      const bucket = current();
      inFlight = Math.max(0, inFlight - 1);
      bucket.inFlight = inFlight;
      bucket.requests += 1;
      if (result.failed) bucket.errors += 1;
      bucket.inputTokens += result.inputTokens;
    },
    produced(outputTokens) {
      current().outputTokens += outputTokens;
    },
    firstToken(ms) {
      const bucket = current();
      bucket.firstTokenSum += ms;
      bucket.firstTokens += 1;
    },
    lastMinute: () => seconds(secondNow(), windowSeconds),
    get inFlight() {
      return inFlight;
    },
    close() {
      unwatch();
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
