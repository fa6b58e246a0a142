import type { LiveEvent } from '../contract/events.ts';

/** Tells windows and the tray what changed. Events steer nothing: without a subscriber the gateway behaves the same. */
export interface LiveBus {
  /** At most five a second of each name get out; `records` are gathered, state-less ones merged. */
  publish(event: LiveEvent): void;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: LiveEvent) => void): () => void;
  /** The same as a stream for the carriers; a reader that falls behind loses state-less duplicates, never order. */
  stream(signal?: AbortSignal): AsyncGenerator<LiveEvent, void, void>;
  readonly subscribers: number;
}
