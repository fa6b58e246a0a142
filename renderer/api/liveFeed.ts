// Keeps the one subscription to the gateway's events open, and says whether it stands. It never decides what an event means.
import type { LiveEvent } from '../../main/contract/events.ts';
import type { ControlClient } from './controlClient.ts';

/** `connecting` at first; `reconnecting` after a stream was lost, or could not be had. */
export type FeedState = 'connecting' | 'live' | 'reconnecting';

export interface LiveFeed {
  readonly state: FeedState;
  subscribe(listener: () => void): () => void;
  stop(): void;
}

const firstDelayMs = 500;
const longestDelayMs = 10_000;

export interface LiveFeedHandlers {
  /** The stream stands (again); what happened in between was not told. */
  onOpen(again: boolean): void;
  onEvent(event: LiveEvent): void;
}

/** Waits, but no longer than until the network is back or the feed is stopped. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      window.removeEventListener('online', finish);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    window.addEventListener('online', finish);
    signal.addEventListener('abort', finish);
  });
}

export function startLiveFeed(client: ControlClient, handlers: LiveFeedHandlers): LiveFeed {
  const listeners = new Set<() => void>();
  const stopping = new AbortController();
  const { signal } = stopping;
  let state: FeedState = 'connecting';

  function enter(next: FeedState) {
    if (state === next) return;
    state = next;
    for (const listener of listeners) listener();
  }

  async function run() {
    let delay = firstDelayMs;
    let again = false;
    while (!signal.aborted) {
      try {
        const events = await client.live.events(undefined, { signal });
        handlers.onOpen(again);
        enter('live');
        for await (const event of events) {
          delay = firstDelayMs;
          handlers.onEvent(event);
        }
      } catch {
        // Whatever ended the stream, the answer is the same: try again. A refused token stops the feed from outside.
      }
      if (signal.aborted) return;
      again = true;
      enter('reconnecting');
      await pause(delay * (0.75 + Math.random() / 2), signal);
      delay = Math.min(delay * 2, longestDelayMs);
    }
  }
  void run();

  return {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: () => stopping.abort(),
  };
}
