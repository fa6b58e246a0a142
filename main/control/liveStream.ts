import { createPushStream } from '../base/pushStream.ts';
import type { LiveEvent } from '../contract/events.ts';
import { addToQueue } from './liveQueue.ts';

/**
 * Listens from the moment of the call until `return()`, `throw()` or the signal. Abort ends it like `return()`: no error.
 * What the reader has not taken yet waits in a bounded queue.
 */
export function createLiveStream(
  subscribe: (listener: (event: LiveEvent) => void) => () => void,
  signal?: AbortSignal,
): AsyncGenerator<LiveEvent, void, void> {
  return createPushStream(({ push }) => subscribe(push), { signal, add: addToQueue });
}
