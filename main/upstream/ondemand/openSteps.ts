// Several requests behind one Exchange: whoever waits for the answer can abort it at any step.
import type { Exchange, UpstreamRequest, UpstreamResponse } from '../transport.ts';

export interface Steps {
  /** Sends one request. Rejects with the transport's error, or with the reason of the abort. */
  ask(request: UpstreamRequest): Promise<UpstreamResponse>;
  /** Waits for work that others may wait for too: an abort ends the waiting, not the work. */
  share<T>(work: Promise<T>): Promise<T>;
  /** Milliseconds of real time. */
  wait(ms: number): Promise<void>;
}

/** `run` makes the steps; what it resolves with is the exchange's answer, whose body an abort still breaks off. */
export function openSteps(
  send: (request: UpstreamRequest) => Exchange,
  run: (steps: Steps) => Promise<UpstreamResponse>,
): Exchange {
  let aborted: Error | null = null;
  let current: Exchange | null = null;
  let giveUp: (reason: Error) => void = () => {};
  const abortion = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  // Most calls are never aborted while they wait.
  abortion.catch(() => {});

  const steps: Steps = {
    ask(request) {
      if (aborted) return Promise.reject(aborted);
      current = send(request);
      return current.response;
    },
    share: (work) => Promise.race([work, abortion]),
    async wait(ms) {
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
      });
      await Promise.race([over, abortion]).finally(() => clearTimeout(timer));
    },
  };

  return {
    response: run(steps).then((response) => {
      if (!aborted) return response;
      response.abort(aborted);
      throw aborted;
    }),
    abort(reason) {
      if (aborted) return;
      aborted = reason;
      current?.abort(reason);
      giveUp(reason);
    },
  };
}
