import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveEvent } from '../../../main/contract/events.ts';
import { createLiveBus } from '../../../main/control/liveBus.ts';
import { memoryLog, record } from './samples.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const second = (time: number): LiveEvent => ({
  name: 'traffic',
  second: {
    time,
    requests: 0,
    errors: 0,
    inputTokens: 0,
    outputTokens: 0,
    firstTokenMs: null,
    inFlight: 0,
  },
});

function heard() {
  const { log, entries } = memoryLog();
  const bus = createLiveBus({ log });
  const events: { at: number; event: LiveEvent }[] = [];
  const start = Date.now();
  const stop = bus.subscribe((event) => void events.push({ at: Date.now() - start, event }));
  return { bus, events, stop, entries };
}

describe('the rate of a name', () => {
  it('lets the first event out at once and the last one certainly', () => {
    const { bus, events } = heard();
    bus.publish({ name: 'status' });
    expect(events.map(({ at }) => at)).toEqual([0]);
    bus.publish({ name: 'status' });
    bus.publish({ name: 'status' });
    expect(events).toHaveLength(1);
    vi.advanceTimersByTime(1000);
    expect(events.map(({ at }) => at)).toEqual([0, 200]);
  });

  it('stays at five a second under constant publishing, for each name by itself', () => {
    const { bus, events } = heard();
    for (let ms = 0; ms < 3000; ms += 1) {
      bus.publish({ name: 'endpoints' });
      bus.publish({ name: 'records', records: [record(`r${ms}`)] });
      vi.advanceTimersByTime(1);
    }
    for (const name of ['endpoints', 'records']) {
      const times = events.filter(({ event }) => event.name === name).map(({ at }) => at);
      expect(times.length).toBeGreaterThanOrEqual(14);
      for (const from of times)
        expect(times.filter((at) => at >= from && at < from + 1000).length).toBeLessThanOrEqual(5);
    }
  });

  it('does not hold one name up for another', () => {
    const { bus, events } = heard();
    bus.publish({ name: 'status' });
    bus.publish({ name: 'settings' });
    expect(events.map(({ event }) => event.name)).toEqual(['status', 'settings']);
  });
});

describe('what waits', () => {
  it('gathers every record once, in order', () => {
    const { bus, events } = heard();
    for (let index = 0; index < 150; index += 1)
      bus.publish({ name: 'records', records: [record(`r${index}`)] });
    vi.advanceTimersByTime(1000);
    const ids = events.flatMap(({ event }) =>
      event.name === 'records' ? event.records.map(({ id }) => id) : [],
    );
    expect(events).toHaveLength(2);
    expect(ids).toEqual(Array.from({ length: 150 }, (_, index) => `r${index}`));
  });

  it('keeps the newest 200 records of a burst', () => {
    const { bus, events } = heard();
    bus.publish({ name: 'records', records: [] });
    for (let index = 0; index < 1000; index += 1)
      bus.publish({ name: 'records', records: [record(`r${index}`)] });
    vi.advanceTimersByTime(200);
    const last = events.at(-1)?.event;
    if (last?.name !== 'records') throw new Error('no records event');
    expect(last.records).toHaveLength(200);
    expect(last.records[0]?.id).toBe('r800');
    expect(last.records.at(-1)?.id).toBe('r999');
  });

  it('loses no second of traffic that came late', () => {
    const { bus, events } = heard();
    for (const time of [1000, 2000, 3000]) bus.publish(second(time));
    vi.advanceTimersByTime(1000);
    expect(events.map(({ event }) => event)).toEqual([second(1000), second(2000), second(3000)]);
  });
});

describe('subscriptions', () => {
  it('leave no timer behind, even with events waiting', () => {
    const { bus, events, stop } = heard();
    bus.publish({ name: 'status' });
    bus.publish({ name: 'status' });
    expect(vi.getTimerCount()).toBe(1);
    stop();
    stop();
    expect(vi.getTimerCount()).toBe(0);
    expect(bus.subscribers).toBe(0);
    vi.advanceTimersByTime(1000);
    expect(events).toHaveLength(1);
  });

  it('begin anew: nothing of an earlier one waits, and nothing is held up', () => {
    const { bus, stop } = heard();
    bus.publish({ name: 'records', records: [record('seen')] });
    bus.publish({ name: 'records', records: [record('never taken')] });
    stop();
    const listener = vi.fn();
    bus.subscribe(listener);
    const event: LiveEvent = { name: 'records', records: [record('new')] };
    bus.publish(event);
    expect(listener.mock.calls).toEqual([[event]]);
  });

  it('start no timer where nobody listens', () => {
    const bus = createLiveBus({ log: memoryLog().log });
    bus.publish({ name: 'status' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rest again when all is quiet', () => {
    const { bus } = heard();
    bus.publish({ name: 'status' });
    vi.advanceTimersByTime(200);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('hear only the names they asked for', () => {
    const { bus } = heard();
    const listener = vi.fn();
    bus.subscribe(listener, ['status']);
    bus.publish({ name: 'endpoints' });
    bus.publish({ name: 'status' });
    expect(listener.mock.calls).toEqual([[{ name: 'status' }]]);
  });

  it('do not suffer from one that throws', () => {
    const { bus, events, entries } = heard();
    bus.subscribe(() => {
      throw new Error('broken window');
    });
    const later = vi.fn();
    bus.subscribe(later);
    bus.publish({ name: 'status' });
    expect(events).toHaveLength(1);
    expect(later).toHaveBeenCalledOnce();
    expect(entries[0]?.facts?.error).toBe('broken window');
  });

  it('are counted for those who watch a name', () => {
    const bus = createLiveBus({ log: memoryLog().log });
    const counts: number[] = [];
    const unwatch = bus.watch('traffic', (count) => void counts.push(count));
    const first = bus.subscribe(() => {});
    const second = bus.subscribe(() => {}, ['traffic']);
    bus.subscribe(() => {}, ['status']);
    first();
    second();
    expect(counts).toEqual([0, 1, 2, 2, 1, 0]);
    unwatch();
    bus.subscribe(() => {});
    expect(counts).toHaveLength(6);
  });
});

describe('a stream', () => {
  it('gives what was published since it was made, in order', async () => {
    const bus = createLiveBus({ log: memoryLog().log });
    const stream = bus.stream();
    bus.publish({ name: 'status' });
    bus.publish({ name: 'settings' });
    expect((await stream.next()).value).toEqual({ name: 'status' });
    expect((await stream.next()).value).toEqual({ name: 'settings' });
  });

  it('merges for a reader that has fallen behind, and stays bounded', async () => {
    const bus = createLiveBus({ log: memoryLog().log });
    const stream = bus.stream();
    for (let index = 0; index < 500; index += 1) {
      bus.publish({ name: 'status' });
      bus.publish({ name: 'records', records: [record(`r${index}`)] });
      bus.publish(second(index * 1000));
      vi.advanceTimersByTime(1000);
    }
    const got: LiveEvent[] = [];
    for (;;) {
      const next = stream.next();
      const result = await Promise.race([next, Promise.resolve(null)]);
      if (!result || result.done) break;
      got.push(result.value);
    }
    expect(got.filter(({ name }) => name === 'status')).toHaveLength(1);
    const records = got.flatMap((event) => (event.name === 'records' ? event.records : []));
    expect(records.map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, index) => `r${index + 300}`));
    const seconds = got.flatMap((event) => (event.name === 'traffic' ? [event.second.time] : []));
    expect(seconds).toEqual(Array.from({ length: 60 }, (_, index) => (index + 440) * 1000));
  });

  it('ends at once on abort while a reader waits, without an error', async () => {
    const bus = createLiveBus({ log: memoryLog().log });
    const abort = new AbortController();
    const stream = bus.stream(abort.signal);
    const waiting = [stream.next(), stream.next()];
    abort.abort();
    expect(await Promise.all(waiting)).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ]);
    expect(bus.subscribers).toBe(0);
  });

  it('ends at once on return while a reader waits', async () => {
    const bus = createLiveBus({ log: memoryLog().log });
    const stream = bus.stream();
    const waiting = stream.next();
    await stream.return();
    expect((await waiting).done).toBe(true);
    expect(bus.subscribers).toBe(0);
    bus.publish({ name: 'status' });
    expect((await stream.next()).done).toBe(true);
  });

  it('never begins where the signal was aborted before', async () => {
    const bus = createLiveBus({ log: memoryLog().log });
    const stream = bus.stream(AbortSignal.abort());
    expect(bus.subscribers).toBe(0);
    expect((await stream.next()).done).toBe(true);
  });
});
