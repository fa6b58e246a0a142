import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatDialect } from '../../../main/protocol/chat/chatDialect.ts';
import { createCustomCalls } from '../../../main/protocol/hub/customTools.ts';
import type { TurnEvent } from '../../../main/protocol/hub/turnEvent.ts';
import type { TurnResult } from '../../../main/protocol/hub/turnResult.ts';
import { createTranslatingTap, type TranslatingParts } from '../../../main/protocol/translateStream.ts';
import { contextOf } from './chat/turnOf.ts';
import { cut, cuts } from './hub/arbitraries.ts';

const chunk = (delta: object, finish: string | null = null, more: object = {}): string =>
  JSON.stringify({ id: 'up', choices: [{ index: 0, delta, finish_reason: finish }], ...more });
const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
const call = (json: string, more: object = {}) => ({
  tool_calls: [{ index: 0, function: { arguments: json }, ...more }],
});

const upstream = [
  ': comment',
  `data: ${chunk({ role: 'assistant', content: '' })}`,
  `data: ${chunk({ reasoning_content: '思考' })}`,
  `event: message\ndata: ${chunk({ content: 'Grüße 😀' })}`,
  'data:',
  `data: ${chunk({ tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: '{"a"' } }] })}`,
  `data: ${chunk(call(':"é"}'))}`,
  `data: ${chunk({}, 'tool_calls')}`,
  `data: ${JSON.stringify({ choices: [], usage })}`,
  'data: [DONE]',
];

function tapOf(more: Partial<TranslatingParts> = {}) {
  return createTranslatingTap({
    decoder: chatDialect.createStreamDecoder('req_1'),
    encoder: chatDialect.createStreamEncoder(contextOf()),
    ...more,
  });
}

function run(pieces: readonly (Buffer | string)[], more: Partial<TranslatingParts> = {}) {
  const tap = tapOf(more);
  const out = [...pieces.map((piece) => tap.push(Buffer.from(piece))), tap.end()];
  return { seen: tap.seen, out: Buffer.concat(out.filter((bytes) => bytes !== null)).toString(), tap };
}

const streamOf = (...data: string[]) => data.map((one) => `data: ${one}\n\n`).join('');

describe('createTranslatingTap', () => {
  it.each(['\n', '\r\n', '\r'])('says the same however the bytes are cut, with %j', (newline) => {
    const bytes = Buffer.from(`${upstream.join('\n\n')}\n\n`.replaceAll('\n', newline));
    const whole = run([bytes]);
    expect(whole.out).toContain('"content":"Grüße 😀"');
    expect(whole.out.endsWith('data: [DONE]\n\n')).toBe(true);
    const check = (pieces: Buffer[]) => {
      const { out, seen } = run(pieces);
      expect(out).toBe(whole.out);
      expect(seen).toEqual(whole.seen);
    };
    check(cut(bytes, [...bytes.keys()]));
    fc.assert(
      fc.property(cuts, (places) => check(cut(bytes, places))),
      { numRuns: 300 },
    );
  });

  it('keeps the facts', () => {
    const tap = tapOf();
    tap.push(Buffer.from(streamOf(chunk({ role: 'assistant', content: '' }))));
    expect(tap.seen).toMatchObject({ meaningful: false, hasContent: false, events: 0 });
    tap.push(Buffer.from(streamOf(chunk({ reasoning_content: 'x' }), chunk({ content: 'y' }))));
    expect(tap.seen).toMatchObject({ meaningful: true, hasContent: true, events: 2, finishReason: null });
    tap.push(Buffer.from(streamOf(chunk({}, 'length'), JSON.stringify({ choices: [], usage }), '[DONE]')));
    expect(tap.seen).toEqual({
      meaningful: true,
      hasContent: true,
      finishReason: 'length',
      done: true,
      error: null,
      usage: { inputTokens: 3, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 2, reasoningTokens: 0 },
      events: 2,
    });
  });

  it('finishes a stream whose last event lacks its blank line', () => {
    const { out, seen } = run([`${streamOf(chunk({ content: 'x' }))}data: ${chunk({}, 'stop')}`]);
    expect(out.endsWith('data: [DONE]\n\n')).toBe(true);
    expect(seen).toMatchObject({ finishReason: 'stop', done: true });
  });

  it('does not finish one that broke off', () => {
    const { out, seen } = run([streamOf(chunk({ content: 'x' }))]);
    expect(out).not.toContain('[DONE]');
    expect(seen).toMatchObject({ finishReason: null, done: false, hasContent: true });
  });

  it('says nothing behind the end, and the end once', () => {
    const tap = tapOf();
    tap.push(Buffer.from(streamOf(chunk({ content: 'x' }, 'stop'), '[DONE]', chunk({ content: 'late' }))));
    expect(tap.push(Buffer.from(streamOf(chunk({ content: 'later' }), '[DONE]')))).toBeNull();
    expect(tap.end()).toBeNull();
  });

  it('stops at an error, and leaves the words to fail()', () => {
    const fault = JSON.stringify({ error: { message: 'quota' } });
    const { out, seen, tap } = run([
      streamOf(chunk({ content: 'x' }), fault, chunk({ content: 'y' }), '[DONE]'),
    ]);
    expect(seen).toMatchObject({ error: 'quota', done: false });
    expect(out).toContain('"content":"x"');
    expect(out).not.toMatch(/quota|"y"|DONE/);
    const error = {
      status: 502,
      message: 'quota',
      type: 'server_error',
      code: null,
      param: null,
      retryAfterMs: null,
    };
    expect(tap.fail(error).toString()).toContain('"message":"quota"');
  });

  it('takes a foreign event for an error only before it has heard anything', () => {
    expect(run([streamOf('<html>')]).seen.error).toContain('no JSON');
    const late = run([
      streamOf(chunk({ content: 'x' }), '<html>', chunk({ content: 'y' }, 'stop'), '[DONE]'),
    ]);
    expect(late.seen).toMatchObject({ error: null, done: true });
    expect(late.out).toContain('"content":"y"');
  });

  it('passes on a fault that is none of the stream’s', () => {
    const decoder = {
      push(): TurnEvent[] {
        throw new TypeError('a bug');
      },
      end: () => [],
    };
    expect(() => run([streamOf('{}')], { decoder })).toThrow(TypeError);
  });

  it('changes events on their way', () => {
    const { out } = run([upstream.map((event) => `${event}\n\n`).join('')], {
      transform: createCustomCalls(new Set(['f'])),
    });
    expect(out).toContain('"type":"custom"');
    expect(out).toContain(JSON.stringify({ index: 0, custom: { input: '{"a":"é"}' } }));
  });

  it('tells the whole answer once, and only of a stream that ended well', () => {
    const told: TurnResult[] = [];
    const onResult = (result: TurnResult) => void told.push(result);
    run([streamOf(chunk({ content: 'x' })), streamOf(chunk({ content: 'y' }))], { onResult });
    expect(told).toEqual([]);
    run([streamOf(chunk({ content: 'x' })), streamOf(chunk({ content: 'y' }, 'stop'), '[DONE]', '[DONE]')], {
      onResult,
    });
    expect(told).toMatchObject([{ id: 'up', parts: [{ type: 'text', text: 'xy' }], finish: 'stop' }]);
  });
});
