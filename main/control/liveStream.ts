// One subscription as an async generator. Unlike a generator function it ends at once, also while a reader waits in next().
import type { LiveEvent } from '../contract/events.ts';
import { addToQueue } from './liveQueue.ts';

type Result = IteratorResult<LiveEvent, void>;

/**
 * Listens from the moment of the call until `return()`, `throw()` or the signal. Abort ends it like `return()`: no error.
 * What the reader has not taken yet waits in a bounded queue.
 */
export function createLiveStream(
  subscribe: (listener: (event: LiveEvent) => void) => () => void,
  signal?: AbortSignal,
): AsyncGenerator<LiveEvent, void, void> {
  const queue: LiveEvent[] = [];
  const readers: ((result: Result) => void)[] = [];
  let ended = false;
  let unsubscribe = (): void => {};

  function end(): void {
    if (ended) return;
    ended = true;
    unsubscribe();
    signal?.removeEventListener('abort', end);
    queue.length = 0;
    for (const reader of readers.splice(0)) reader({ done: true, value: undefined });
  }

  if (signal?.aborted) {
    ended = true;
  } else {
    signal?.addEventListener('abort', end, { once: true });
    unsubscribe = subscribe((event) => {
      const reader = readers.shift();
      if (reader) reader({ done: false, value: event });
      else addToQueue(queue, event);
    });
  }

  return {
    next() {
      const event = queue.shift();
      if (event) return Promise.resolve({ done: false, value: event });
      if (ended) return Promise.resolve({ done: true, value: undefined });
      return new Promise<Result>((resolve) => readers.push(resolve));
    },
    return() {
      end();
      return Promise.resolve({ done: true, value: undefined });
    },
    throw(error: unknown) {
      end();
      return Promise.reject(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]() {
      end();
      return Promise.resolve();
    },
  };
}
