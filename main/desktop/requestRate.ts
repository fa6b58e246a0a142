import type { TrafficSecond } from '../contract/events.ts';

/** Requests of the last 60 seconds, fed by the seconds of the live graph. */
export function createRequestRate() {
  let seconds: TrafficSecond[] = [];
  return {
    /** Returns the requests of the minute that ends with this second. */
    add(second: TrafficSecond): number {
      seconds = seconds.filter(({ time }) => time > second.time - 60_000 && time !== second.time);
      seconds.push(second);
      return seconds.reduce((sum, { requests }) => sum + requests, 0);
    },
  };
}
