import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUsage } from '../../../../main/metering/readUsage.ts';
import { createMessagesTap } from '../../../../main/protocol/messages/messagesTap.ts';
import { cut, someCuts, sse } from './streams.ts';
import { fixture } from './turns.ts';

function run(text: string, cuts: readonly number[] = []) {
  const tap = createMessagesTap();
  const out = cut(Buffer.from(text), cuts).map((chunk) => tap.push(chunk));
  out.push(tap.end());
  return { tap, seen: tap.seen, out: Buffer.concat(out.filter((bytes) => bytes !== null)).toString() };
}

const start = { type: 'message_start', message: { usage: { input_tokens: 3, output_tokens: 0 } } };
const ending = { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } };

describe('messagesTap', () => {
  it.each([
    ['text.sse', { finishReason: 'end_turn', done: true, error: null }, { input: 25, output: 15, cached: 0 }],
    [
      'thinking-parallel-tools.sse',
      { finishReason: 'tool_use', done: true, error: null },
      { input: 2392, output: 189, cached: 1800, reasoning: 40 },
    ],
    [
      'web-search-citations.sse',
      { finishReason: 'end_turn', done: true, error: null },
      { input: 10_682, output: 510 },
    ],
    [
      'error-midstream.sse',
      { finishReason: null, done: false, error: 'Overloaded' },
      { input: 12, output: 1 },
    ],
  ])('passes every byte of %s and sees the same, however it is cut', (name, facts, usage) => {
    const text = fixture(name);
    fc.assert(
      fc.property(someCuts, (cuts) => {
        const { seen, out } = run(text, cuts);
        expect(out).toBe(text);
        expect(seen).toMatchObject({ meaningful: true, hasContent: true, ...facts });
        expect(readUsage(seen.usage)).toMatchObject(usage);
      }),
      { numRuns: 300 },
    );
  });

  it('waits for something meaningful', () => {
    const tap = createMessagesTap();
    const text = fixture('text.sse');
    const first = text.indexOf('event: content_block_delta');
    tap.push(Buffer.from(text.slice(0, first)));
    expect(tap.seen).toMatchObject({ meaningful: false, hasContent: false });
    tap.push(Buffer.from(text.slice(first)));
    expect(tap.seen.hasContent).toBe(true);
  });

  it('tells an answer that says nothing', () => {
    const { seen } = run(sse(start, ending, { type: 'message_stop' }));
    expect(seen).toMatchObject({ meaningful: true, hasContent: false, finishReason: 'end_turn', done: true });
  });

  it('takes the last event without its blank line, and tells a stream that was cut', () => {
    const text = fixture('text.sse');
    expect(run(text.trimEnd()).seen.done).toBe(true);
    expect(run(text.slice(0, text.indexOf('event: message_stop'))).seen).toMatchObject({
      done: false,
      finishReason: 'end_turn',
    });
  });

  it('takes the first event that is no JSON for an error', () => {
    expect(run('data: <html>busy</html>\n\n').seen.error).toContain('<html>busy');
    expect(run('data: {"error":{"message":"no credit"}}\n\n').seen.error).toBe('no credit');
  });

  it('fails and keeps the line warm in the dialect', () => {
    const tap = createMessagesTap();
    expect(tap.heartbeat().toString()).toMatch(/^: (?!.*ping)/);
    tap.push(Buffer.from(sse(start)));
    expect(tap.heartbeat().toString()).toBe('event: ping\ndata: {"type":"ping"}\n\n');
    const error = {
      status: 504,
      message: 'Too slow.',
      type: 'server_error',
      code: null,
      param: null,
      retryAfterMs: null,
    };
    expect(tap.fail(error).toString()).toBe(
      'event: error\ndata: {"type":"error","error":{"type":"timeout_error","message":"Too slow."}}\n\n',
    );
  });
});
