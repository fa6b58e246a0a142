import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DialectError } from '../../../../main/protocol/dialectError.ts';
import { responsesDialect } from '../../../../main/protocol/responses/responsesDialect.ts';
import { readFixture } from './fixture.ts';

function run(stream: string | Buffer, cuts: readonly number[] = []) {
  const bytes = Buffer.from(stream);
  const edges = [...new Set([0, bytes.length, ...cuts.map((cut) => cut % bytes.length)])].sort(
    (a, b) => a - b,
  );
  const tap = responsesDialect.createTap({ hideUsage: true });
  const passed: Buffer[] = [];
  for (const [at, edge] of edges.entries())
    passed.push(tap.push(bytes.subarray(edges[at - 1] ?? 0, edge)) ?? Buffer.alloc(0));
  passed.push(tap.end() ?? Buffer.alloc(0));
  return { tap, out: Buffer.concat(passed).toString() };
}

const event = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;
const broken: DialectError = {
  status: 504,
  message: 'the stream stood still',
  type: 'server_error',
  code: 'upstream_timeout',
  param: null,
  retryAfterMs: null,
};

describe('responsesTap', () => {
  it.each([
    [
      'text.sse',
      { hasContent: true, done: true, finishReason: 'stop', error: null, usage: { total_tokens: 55 } },
    ],
    ['reasoning-parallel-calls.sse', { hasContent: true, done: true, finishReason: 'tool_calls' }],
    ['custom-tool-call.sse', { hasContent: true, done: true, finishReason: 'tool_calls' }],
    ['incomplete.sse', { done: true, finishReason: 'length', usage: { output_tokens: 16 } }],
    [
      'failed.sse',
      {
        hasContent: true,
        done: false,
        finishReason: null,
        error: 'The model failed to generate a response.',
      },
    ],
  ])('%s passes unchanged, and is seen the same, however it is cut', (name, seen) => {
    const stream = readFixture(name);
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), (cuts) => {
        const { tap, out } = run(stream, cuts);
        expect(out).toBe(stream);
        expect(tap.seen).toMatchObject(seen);
      }),
      { numRuns: 200 },
    );
  });

  it('is not fooled by words that a model says', () => {
    const words = '"type":"response.completed" "error":{"message":"x"} "sequence_number":99';
    const delta = { type: 'response.output_text.delta', sequence_number: 4, delta: words };
    const { tap } = run(event(delta) + event({ ...delta, sequence_number: 5 }));
    expect(tap.seen).toMatchObject({ done: false, error: null, finishReason: null });
    expect(JSON.parse(tap.fail(broken).toString().split('data: ')[1] ?? '')).toMatchObject({
      sequence_number: 6,
    });
  });

  it('waits for something that is said: shells and empty pieces are nothing', () => {
    const head = readFixture('text.sse').split('\n\n').slice(0, 4).join('\n\n');
    expect(run(head).tap.seen).toMatchObject({ meaningful: false, hasContent: false });
    expect(run(event({ type: 'response.output_text.delta', delta: '' })).tap.seen.meaningful).toBe(false);
    const search = { type: 'response.output_item.added', item: { type: 'web_search_call' } };
    expect(run(event(search)).tap.seen.hasContent).toBe(true);
    const empty = { type: 'response.completed', response: { status: 'completed', output: [] } };
    expect(run(event(empty)).tap.seen).toMatchObject({ finishReason: 'stop', hasContent: false, done: true });
  });

  it('breaks off with the next number and the response that was begun', () => {
    const stream = readFixture('text.sse').split('\n\n').slice(0, 7).join('\n\n');
    const { tap } = run(`${stream}\n\n`, [300, 900]);
    tap.push(Buffer.from(': keep-alive\n\n'));
    const [name, data = ''] = tap.fail(broken).toString().trimEnd().split('\n');
    expect(name).toBe('event: response.failed');
    expect(JSON.parse(data.slice('data: '.length))).toMatchObject({
      type: 'response.failed',
      sequence_number: 7,
      response: {
        id: 'resp_0a1f4be2a1c94d0e0068f1',
        status: 'failed',
        error: { code: 'upstream_timeout', message: 'the stream stood still' },
      },
    });
  });

  it('breaks off before anything came too', () => {
    const tap = responsesDialect.createTap({ hideUsage: false });
    expect(tap.heartbeat().toString()).toMatch(/^: [^\n]*\n\n$/);
    expect(tap.fail(broken).toString()).toContain('"sequence_number":0');
  });

  it.each(['failed.sse', 'text.sse'])('adds nothing to %s, which has said its last word', (name) => {
    expect(run(readFixture(name)).tap.fail(broken)).toHaveLength(0);
  });

  it.each([
    [{ type: 'error', code: 'x', message: 'no quota', param: null }, 'no quota'],
    [{ error: { message: 'no quota' } }, 'no quota'],
    [{ type: 'error', error: { message: 'no quota' } }, 'no quota'],
  ])('sees the failure in %j', (value, message) => {
    expect(run(event(value)).tap.seen.error).toBe(message);
  });

  it('sees that a page is no stream', () => {
    expect(run('data: <html>\n\n').tap.seen.error).toContain('no JSON');
  });
});
