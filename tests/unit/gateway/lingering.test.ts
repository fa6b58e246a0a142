// What is left running behind an answer: a timer holds all it can reach, which for a stream is every chunk of it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GatewayError } from '../../../main/base/gatewayError.ts';
import { readToEnd } from '../../../main/gateway/readToEnd.ts';
import type { Reply } from '../../../main/gateway/reply.ts';
import { createStreamPump } from '../../../main/gateway/streamPump.ts';
import { createChatTap } from '../../../main/protocol/chat/chatTap.ts';
import type { StreamReader } from '../../../main/protocol/readStream.ts';
import type { BodySink, UpstreamResponse } from '../../../main/upstream/transport.ts';

const said = Buffer.from('data: {"choices":[{"delta":{"content":"Hello"},"finish_reason":null}]}\n\n');
const stopped = Buffer.from('data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');

function fakeUpstream() {
  let sink: BodySink | null = null;
  const aborted: Error[] = [];
  const response: UpstreamResponse = {
    status: 200,
    headers: {},
    read(given) {
      sink = given;
    },
    pause() {},
    resume() {},
    abort(reason) {
      aborted.push(reason);
      sink?.fail(reason);
    },
  };
  return {
    response,
    aborted,
    say: (bytes: Buffer) => sink?.data(bytes),
    end: () => sink?.end(),
  };
}

const reply: Reply = {
  isClosed: () => false,
  onGone() {},
  start() {},
  write: () => true,
  onDrain() {},
  end() {},
  destroy() {},
};

const describeFault = (reason: string) => new GatewayError('upstream_error', reason);

const options = { idleMs: 300_000, patienceMs: 10_000, onEvents() {}, onFirstToken() {} };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a stream that has ended', () => {
  it('leaves no timer behind', async () => {
    const upstream = fakeUpstream();
    const pump = createStreamPump(upstream.response, createChatTap({ hideUsage: false }), options);
    upstream.say(said);
    expect(await pump.opening).toEqual({ open: true });
    const ending = pump.relay(reply, describeFault);
    upstream.say(stopped);
    upstream.end();
    expect(await ending).toEqual({ how: 'whole' });
    expect(vi.getTimerCount()).toBe(0);
    expect(upstream.aborted).toEqual([]);
  });

  it('is waited for a second where its connection stays open behind the last word', async () => {
    const upstream = fakeUpstream();
    const pump = createStreamPump(upstream.response, createChatTap({ hideUsage: false }), options);
    upstream.say(said);
    const ending = pump.relay(reply, describeFault);
    upstream.say(stopped);
    expect(await ending).toEqual({ how: 'whole' });
    vi.advanceTimersByTime(1_000);
    expect(upstream.aborted).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a stream that was read whole', () => {
  const untilDone: StreamReader = { push: (chunk) => chunk.includes('[DONE]'), events: () => [] };

  it('leaves no timer behind', async () => {
    const upstream = fakeUpstream();
    const body = readToEnd(upstream.response, untilDone, 1_000, () => {});
    upstream.say(said);
    upstream.say(stopped);
    upstream.end();
    expect(await body).toEqual(Buffer.concat([said, stopped]));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives up its connection after a second where that stays open', async () => {
    const upstream = fakeUpstream();
    const body = readToEnd(upstream.response, untilDone, 1_000, () => {});
    upstream.say(stopped);
    expect(await body).toEqual(stopped);
    vi.advanceTimersByTime(1_000);
    expect(upstream.aborted).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
