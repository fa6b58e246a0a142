// Coalesces what happens into at most five events a second of each name. It holds no state of the gateway and steers nothing.
import type { Log } from '../base/log.ts';
import type { LiveEvent, LiveEventName } from '../contract/events.ts';
import { addToQueue } from './liveQueue.ts';
import { createLiveStream } from './liveStream.ts';

/** Tells windows and the tray what changed. Events steer nothing: without a subscriber the gateway behaves the same. */
export interface LiveBus {
  /** At most five a second of each name get out; `records` are gathered, state-less ones merged. */
  publish(event: LiveEvent): void;
  /** Without `names` it hears all of them. Returns the function that ends the subscription. */
  subscribe(listener: (event: LiveEvent) => void, names?: readonly LiveEventName[]): () => void;
  /** The same as a stream for the carriers; a reader that falls behind loses state-less duplicates, never order. */
  stream(signal?: AbortSignal): AsyncGenerator<LiveEvent, void, void>;
  /** Tells a source how many listen for its name, now and at each change, so that it can rest. Returns the function that ends it. */
  watch(name: LiveEventName, onChange: (listeners: number) => void): () => void;
  readonly subscribers: number;
}

/** Five a second. */
const spacingMs = 200;

interface Channel {
  /** Runs for `spacingMs` after each event; while it runs, what is published waits. */
  timer: NodeJS.Timeout | null;
  waiting: LiveEvent[];
}

interface Subscription {
  listener: (event: LiveEvent) => void;
  names: readonly LiveEventName[] | null;
}

const hears = (subscription: Subscription, name: LiveEventName): boolean =>
  subscription.names === null || subscription.names.includes(name);

export function createLiveBus(deps: { log: Log }): LiveBus {
  const subscriptions = new Set<Subscription>();
  const watchers = new Set<{ name: LiveEventName; onChange: (listeners: number) => void }>();
  const channels = new Map<LiveEventName, Channel>();

  function listeners(name: LiveEventName): number {
    let count = 0;
    for (const subscription of subscriptions) if (hears(subscription, name)) count += 1;
    return count;
  }

  function emit(event: LiveEvent): void {
    for (const subscription of [...subscriptions]) {
      if (!hears(subscription, event.name)) continue;
      try {
        subscription.listener(event);
      } catch (error) {
        deps.log.error('a listener of live events failed', {
          event: event.name,
          error: error instanceof Error ? error.message : String(error),
        });
      }
    }
  }

  function rest(channel: Channel): void {
    channel.timer = setTimeout(() => {
      channel.timer = null;
      const next = channel.waiting.shift();
      if (!next) return;
      rest(channel);
      emit(next);
    }, spacingMs);
    channel.timer.unref();
  }

  function subscribersChanged(): void {
    for (const [name, channel] of channels) {
      if (listeners(name) > 0) continue;
      if (channel.timer) clearTimeout(channel.timer);
      channels.delete(name);
    }
    for (const watcher of [...watchers]) watcher.onChange(listeners(watcher.name));
  }

  function subscribe(listener: Subscription['listener'], names?: readonly LiveEventName[]): () => void {
    const subscription: Subscription = { listener, names: names ?? null };
    subscriptions.add(subscription);
    subscribersChanged();
    return () => {
      if (subscriptions.delete(subscription)) subscribersChanged();
    };
  }

  return {
    publish(event) {
      if (listeners(event.name) === 0) return;
      let channel = channels.get(event.name);
      if (!channel) {
        channel = { timer: null, waiting: [] };
        channels.set(event.name, channel);
      }
      addToQueue(channel.waiting, event);
      if (channel.timer) return;
      const first = channel.waiting.shift();
      if (!first) return;
      rest(channel);
      emit(first);
    },
    subscribe,
    stream: (signal) => createLiveStream((listener) => subscribe(listener), signal),
    watch(name, onChange) {
      const watcher = { name, onChange };
      watchers.add(watcher);
      onChange(listeners(name));
      return () => void watchers.delete(watcher);
    },
    get subscribers() {
      return subscriptions.size;
    },
  };
}
