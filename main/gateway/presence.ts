import type { Reply } from './reply.ts';
import { ClientGoneError } from './streamPump.ts';

/** Whether a request still has a reason to be served, and what to abort when it has not. */
export interface Presence {
  /** Where InFlight keeps it. */
  place: number;
  /** `gone`: the client has left; `stopped`: the gateway is stopping and has waited long enough; null: go on. */
  over(): 'gone' | 'stopped' | null;
  /** What runs now for this client; replaced by each attempt. */
  hold(abort: (reason: Error) => void): void;
  /** Waits that long, or until one of the two comes true. */
  wait(ms: number): Promise<void>;
  /** Ends the request for the gateway's sake; the client is told. */
  stop(): void;
}

/** Every request has one, so it is a plain object: an AbortController would outlive the young generation. */
export function watchClient(reply: Reply): Presence {
  let abort: ((reason: Error) => void) | null = null;
  let wake: (() => void) | null = null;
  let ended: Error | null = null;

  function end(reason: Error): void {
    if (ended) return;
    ended = reason;
    abort?.(reason);
    wake?.();
  }

  reply.onGone(() => end(new ClientGoneError()));
  return {
    place: -1,
    over() {
      if (ended === null) return null;
      return ended instanceof ClientGoneError ? 'gone' : 'stopped';
    },
    hold(next) {
      abort = next;
      if (ended) next(ended);
    },
    wait: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ended ? 0 : ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    stop: () => end(new Error('the gateway is stopping')),
  };
}
