import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ControlClient } from '../../../renderer/api/controlClient.ts';
import { type LiveFeed, startLiveFeed } from '../../../renderer/api/liveFeed.ts';

let feed: LiveFeed;
let opens: boolean[];
/** What each attempt comes to, in order: no stream, one that ends at once, one that stays. */
let attempts: ('refused' | 'lost' | 'stays')[];

async function* streamOf(attempt: 'lost' | 'stays') {
  if (attempt === 'stays') await new Promise(() => {});
  yield* [];
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', new EventTarget());
  opens = [];
});
afterEach(() => {
  feed.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function start(): void {
  const events = async () => {
    const attempt = attempts.shift() ?? 'stays';
    if (attempt === 'refused') throw new Error('nobody listens');
    return streamOf(attempt);
  };
  const client = { live: { events } } as unknown as ControlClient;
  feed = startLiveFeed(client, { onOpen: (again) => void opens.push(again), onEvent: () => {} });
}

test('a gateway that is gone before the first stream stands is said to be waited for', async () => {
  attempts = ['refused'];
  start();
  expect(feed.state).toBe('connecting');
  await vi.advanceTimersByTimeAsync(10);
  expect(feed.state).toBe('reconnecting');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(feed.state).toBe('live');
  // What was fetched before may be old by now.
  expect(opens).toEqual([true]);
});

test('only a first stream that stands at once has missed nothing', async () => {
  attempts = ['lost'];
  start();
  await vi.advanceTimersByTimeAsync(10);
  expect(feed.state).toBe('reconnecting');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(opens).toEqual([false, true]);
});
