import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DialectError } from '../../../../main/protocol/dialectError.ts';
import { createArrayFraming } from '../../../../main/protocol/gemini/arrayFraming.ts';
import { geminiDialect } from '../../../../main/protocol/gemini/geminiDialect.ts';
import type { StreamTap } from '../../../../main/protocol/streamTap.ts';
import { createTranslatingTap } from '../../../../main/protocol/translateStream.ts';
import { context, cuts, pieces, stream, streams } from './fixture.ts';

const broke: DialectError = {
  status: 502,
  message: 'It broke off',
  type: 'server_error',
  code: null,
  param: null,
  retryAfterMs: null,
};

function run(tap: StreamTap, chunks: readonly Buffer[]): string {
  const passed = chunks.map((chunk) => tap.push(chunk));
  return Buffer.concat([...passed, tap.end()].filter((bytes) => bytes !== null)).toString();
}

const facts = {
  text: { hasContent: true, finishReason: 'STOP', error: null },
  'thinking-tools': { hasContent: true, finishReason: 'STOP', error: null },
  grounding: { hasContent: true, finishReason: 'STOP', error: null },
  blocked: { hasContent: false, meaningful: true, finishReason: 'PROHIBITED_CONTENT', error: null },
  error: { hasContent: true, finishReason: null, error: 'The model is overloaded. Please try again later.' },
};
const totals: Record<string, number> = {
  text: 29,
  'thinking-tools': 289,
  grounding: 61,
  blocked: 9,
  error: 24,
};

describe('the tap', () => {
  it.each(streams)('lets "%s" through byte by byte and sees the same however it is cut', (name) => {
    const bytes = stream(name);
    fc.assert(
      fc.property(cuts, (at) => {
        const tap = geminiDialect.createTap({ hideUsage: true });
        expect(run(tap, pieces(bytes, at))).toBe(bytes.toString());
        expect(tap.seen).toMatchObject({ ...facts[name as keyof typeof facts], done: false });
        expect(tap.seen.usage).toMatchObject({ totalTokenCount: totals[name] });
        expect(tap.seen.events).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  it('takes a stream for begun when something is said, not before', () => {
    const tap = geminiDialect.createTap({ hideUsage: false });
    const push = (part: object) =>
      tap.push(Buffer.from(`data: ${JSON.stringify({ candidates: [{ content: { parts: [part] } }] })}\n\n`));
    push({ text: '', thoughtSignature: 'AAAA' });
    expect(tap.seen).toMatchObject({ meaningful: false, hasContent: false });
    push({ text: 'hm', thought: true });
    expect(tap.seen).toMatchObject({ meaningful: true, hasContent: true });
    expect(tap.seen.usage).toBeNull();
  });

  it('is not taken in by words in the text', () => {
    const tap = geminiDialect.createTap({ hideUsage: false });
    const text =
      '"finishReason": "STOP", "error": {"message": "x"}, "usageMetadata": {"promptTokenCount": 9}';
    tap.push(
      Buffer.from(`data: ${JSON.stringify({ candidates: [{ content: { parts: [{ text }] } }] })}\n\n`),
    );
    expect(tap.seen).toMatchObject({ finishReason: null, error: null, usage: null });
  });

  it('ends without the event that was torn off, and with one that only lacks its blank line', () => {
    const bytes = stream('text');
    const torn = geminiDialect.createTap({ hideUsage: false });
    torn.push(bytes.subarray(0, bytes.length - 40));
    expect(torn.end()).toBeNull();
    expect(torn.seen.finishReason).toBeNull();
    const whole = geminiDialect.createTap({ hideUsage: false });
    whole.push(bytes.subarray(0, bytes.length - 4));
    expect(whole.end()?.toString()).toMatch(/^data: .*\n\n$/);
    expect(whole.seen.finishReason).toBe('STOP');
  });

  it('tells a page or another dialect for a fault', () => {
    const tap = geminiDialect.createTap({ hideUsage: false });
    tap.push(Buffer.from('data: <html>\n\n'));
    expect(tap.seen.error).toMatch(/no JSON/);
  });
});

describe('array framing', () => {
  it.each(['text', 'thinking-tools', 'grounding', 'blocked'])('makes one JSON array of "%s"', (name) => {
    const bytes = stream(name);
    const wanted = bytes
      .toString()
      .split('\r\n\r\n')
      .slice(0, -1)
      .map((event) => JSON.parse(event.slice(6)) as unknown);
    fc.assert(
      fc.property(cuts, (at) => {
        const tap = createArrayFraming(geminiDialect.createTap({ hideUsage: false }));
        const chunks = pieces(bytes, at).flatMap((chunk) => [
          tap.heartbeat(),
          tap.push(chunk) ?? Buffer.alloc(0),
        ]);
        const text = Buffer.concat([...chunks, tap.end() ?? Buffer.alloc(0)]).toString();
        expect(JSON.parse(text)).toEqual(wanted);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['the text', stream('text').subarray(0, 400)],
    ['an error', stream('error')],
    ['nothing', Buffer.alloc(0)],
  ])('ends with the failure where the stream broke off after %s', (_, bytes) => {
    const tap = createArrayFraming(geminiDialect.createTap({ hideUsage: false }));
    const list = JSON.parse(run(tap, [bytes]) + tap.fail(broke).toString()) as object[];
    expect(list.at(-1)).toEqual({ error: { code: 502, message: 'It broke off', status: 'INTERNAL' } });
    expect(tap.fail(broke)).toHaveLength(0);
  });

  it('closes as soon as another dialect said that all is said', () => {
    const encoder = geminiDialect.createStreamEncoder(context());
    const decoder = {
      push: (data: string) =>
        data === 'end'
          ? [{ type: 'finish', reason: 'stop', stopSequence: null } as const, { type: 'end' } as const]
          : [{ type: 'text', text: data } as const],
      end: () => [],
    };
    const tap = createArrayFraming(createTranslatingTap({ decoder, encoder }));
    const sent = [tap.push(Buffer.from('data: Hi\n\n')), tap.push(Buffer.from('data: end\n\n'))];
    expect(tap.seen.done).toBe(true);
    expect(JSON.parse(Buffer.concat(sent.map((bytes) => bytes ?? Buffer.alloc(0))).toString())).toHaveLength(
      2,
    );
    expect(tap.end()).toBeNull();
  });
});

describe('a whole answer that passes through', () => {
  const read = (body: unknown) =>
    geminiDialect.readAnswer(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));
  const answer = (candidate: object, more: object = {}) => ({ candidates: [candidate], ...more });
  const usageMetadata = { promptTokenCount: 4, candidatesTokenCount: 2, totalTokenCount: 6 };

  it.each([
    [answer({ content: { parts: [{ text: 'Hi' }] }, finishReason: 'STOP' })],
    [answer({ content: { parts: [{ functionCall: { name: 'f' } }] } })],
    [answer({ content: {}, finishReason: 'SAFETY' })],
    [answer({ finishReason: 'MAX_TOKENS' })],
    [{ promptFeedback: { blockReason: 'SAFETY' } }],
  ])('is one: %j', (body) => {
    expect(read(body)).toEqual({ fault: null, usage: null });
    expect(read({ ...body, usageMetadata })).toEqual({ fault: null, usage: usageMetadata });
  });

  it.each([
    [answer({ content: { parts: [{ text: '' }] }, finishReason: 'STOP' }), /empty/],
    [{ candidates: [], promptFeedback: {} }, /no candidates/],
    [{ usageMetadata }, /no candidates/],
    [{ error: { code: 429, message: 'quota', status: 'RESOURCE_EXHAUSTED' } }, /quota/],
    ['<!doctype html><title>Login</title>', /web page/],
  ])('is none: %j', (body, fault) => {
    expect(read(body).fault).toMatch(fault);
  });
});

describe('errors', () => {
  const body = (more: Partial<DialectError>) =>
    JSON.parse(geminiDialect.errorBody({ ...broke, ...more }, 'req_1')) as object;

  it.each([
    [400, 'INVALID_ARGUMENT'],
    [401, 'UNAUTHENTICATED'],
    [403, 'PERMISSION_DENIED'],
    [404, 'NOT_FOUND'],
    [413, 'INVALID_ARGUMENT'],
    [422, 'INVALID_ARGUMENT'],
    [500, 'INTERNAL'],
    [502, 'INTERNAL'],
    [503, 'UNAVAILABLE'],
    [504, 'DEADLINE_EXCEEDED'],
  ])('%i is %s', (status, name) => {
    expect(body({ status, message: 'm' })).toEqual({ error: { code: status, message: 'm', status: name } });
  });

  it('say when to come again in the words Gemini CLI waits by', () => {
    expect(body({ status: 429, message: 'm', retryAfterMs: 11_200 })).toEqual({
      error: {
        code: 429,
        message: 'm',
        status: 'RESOURCE_EXHAUSTED',
        details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '12s' }],
      },
    });
  });
});
