import type { Reply } from './reply.ts';
import { ClientGoneError } from './streamPump.ts';

/** Whether a request still has a reason to be served, and what to abort when it has not. */
export interface Presence {
  /** The client has left. */
  readonly gone: boolean;
  /** The gateway is stopping and has waited long enough. */
  readonly stopped: boolean;
  /** Fires with either. */
  readonly signal: AbortSignal;
  /** What runs now for this client; replaced by each attempt. */
  hold(abort: (reason: Error) => void): void;
  /** Ends the request for the gateway's sake; the client is told. */
  stop(): void;
}

export function watchClient(reply: Reply): Presence {
  const controller = new AbortController();
  let abort: ((reason: Error) => void) | null = null;
  let ended: Error | null = null;

  function end(reason: Error): void {
    if (ended) return;
    ended = reason;
    controller.abort();
    abort?.(reason);
  }

  reply.onGone(() => end(new ClientGoneError()));
  return {
    get gone() {
      return ended instanceof ClientGoneError;
    },
    get stopped() {
      return ended !== null && !(ended instanceof ClientGoneError);
    },
    signal: controller.signal,
    hold(next) {
      abort = next;
      if (ended) next(ended);
    },
    stop: () => end(new Error('the gateway is stopping')),
  };
}
