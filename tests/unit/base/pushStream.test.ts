import { describe, expect, it, vi } from 'vitest';
import { createPushStream, type PushSink } from '../../../main/base/pushStream.ts';

function open(options?: Parameters<typeof createPushStream<number>>[1]) {
  let sink: PushSink<number> | null = null;
  const stop = vi.fn();
  const stream = createPushStream<number>((given) => {
    sink = given;
    return stop;
  }, options);
  return { stream, stop, sink: sink as unknown as PushSink<number> };
}

const over = { done: true, value: undefined };

describe('a push stream', () => {
  it('gives what came before it was read, in order, and ends after the last', async () => {
    const { stream, sink, stop } = open();
    sink.push(1);
    sink.push(2);
    sink.finish();
    sink.push(3);
    const read: number[] = [];
    for await (const item of stream) read.push(item);
    expect(read).toEqual([1, 2]);
    expect(stop).toHaveBeenCalledOnce();
  });

  it('gives an item to the reader who waits', async () => {
    const { stream, sink } = open();
    const first = stream.next();
    const second = stream.next();
    sink.push(7);
    expect(await first).toEqual({ done: false, value: 7 });
    sink.finish();
    expect(await second).toEqual(over);
  });

  it('ends a reader who waits when it is left, once, and forgets what nobody read', async () => {
    const { stream, sink, stop } = open();
    const waiting = stream.next();
    await stream.return();
    expect(await waiting).toEqual(over);
    sink.push(1);
    expect(await stream.next()).toEqual(over);
    await stream.return();
    expect(stop).toHaveBeenCalledOnce();
  });

  it('ends by its signal without an error', async () => {
    const leaving = new AbortController();
    const { stream, stop } = open({ signal: leaving.signal });
    const waiting = stream.next();
    leaving.abort();
    expect(await waiting).toEqual(over);
    expect(stop).toHaveBeenCalledOnce();
  });

  it('does not begin where the signal was there first', async () => {
    const source = vi.fn(() => () => {});
    const stream = createPushStream(source, { signal: AbortSignal.abort() });
    expect(await stream.next()).toEqual(over);
    expect(source).not.toHaveBeenCalled();
  });

  it('lets a source end before it has begun', async () => {
    const stop = vi.fn();
    const stream = createPushStream<number>(({ finish }) => {
      finish();
      return stop;
    });
    expect(await stream.next()).toEqual(over);
    expect(stop).toHaveBeenCalledOnce();
  });

  it('lets what waits be gathered', async () => {
    const { stream, sink } = open({
      add: (waiting, item) => void waiting.splice(0, 1, (waiting[0] ?? 0) + item),
    });
    for (const item of [1, 2, 3]) sink.push(item);
    expect(await stream.next()).toEqual({ done: false, value: 6 });
  });
});
