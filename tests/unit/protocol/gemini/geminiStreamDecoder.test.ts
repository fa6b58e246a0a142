import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geminiDialect } from '../../../../main/protocol/gemini/geminiDialect.ts';
import { ForeignEventError } from '../../../../main/protocol/hub/hubErrors.ts';
import type { JsonObject } from '../../../../main/protocol/hub/turn.ts';
import { collect, cuts, decode, pieces, stream, streams } from './fixture.ts';

const chunk = (candidate: object, more: object = {}): Buffer =>
  Buffer.from(`data: ${JSON.stringify({ candidates: [candidate], ...more })}\n\n`);
const parts = (...given: object[]): Buffer => chunk({ content: { parts: given, role: 'model' } });
const finished = (finishReason: string, ...given: object[]): Buffer =>
  chunk({ content: { parts: given }, finishReason });

describe('a stream of Gemini', () => {
  it.each(streams)('"%s" means the same however its bytes are cut', (name) => {
    const bytes = stream(name);
    const whole = decode([bytes]);
    fc.assert(
      fc.property(cuts, (at) => {
        expect(decode(pieces(bytes, at))).toEqual(whole);
        expect(decode(pieces(Buffer.from(bytes.toString().replaceAll('\r\n', '\n')), at))).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  it('tells text, counts and the end', () => {
    const events = decode([stream('text')]);
    expect(events[0]).toEqual({ type: 'start', id: 'b3fBaM2qK9-Xz7IPr8SQ0AE', model: 'gemini-2.5-flash' });
    expect(events.slice(-2)).toEqual([
      { type: 'finish', reason: 'stop', stopSequence: null },
      { type: 'end' },
    ]);
    expect(collect(events)).toMatchObject({
      parts: [{ type: 'text', text: 'Grüße aus 東京 🗼, where it is 21 °C.' }],
      usage: { inputTokens: 11, outputTokens: 18, cachedTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 },
    });
  });

  it('tells of a cache that shows with the last count alone', () => {
    const counts = { promptTokenCount: 100, candidatesTokenCount: 5, totalTokenCount: 105 };
    const content = { parts: [{ text: 'x' }], role: 'model' };
    const bytes = [
      chunk({ content }, { usageMetadata: counts }),
      chunk({ finishReason: 'STOP' }, { usageMetadata: { ...counts, cachedContentTokenCount: 80 } }),
    ];
    expect(collect(decode(bytes)).usage).toMatchObject({ inputTokens: 100, cachedTokens: 80 });
  });

  it('tells thoughts, parallel calls and their signatures', () => {
    const events = decode([stream('thinking-tools')]);
    expect(events.map(({ type }) => type)).toEqual([
      ...[
        'start',
        'reasoning',
        'usage',
        'reasoning',
        'usage',
        'reasoningEnd',
        'toolCall',
        'toolArguments',
        'usage',
      ],
      ...['toolCall', 'toolArguments', 'usage', 'textSignature', 'usage', 'finish', 'end'],
    ]);
    const {
      parts: [thought, first, second],
      finish,
      usage,
    } = collect(events);
    expect(thought).toMatchObject({
      type: 'reasoning',
      text: expect.stringMatching(/^\*\*Comparing.*Köln and of Paris.*\n$/s),
    });
    expect(first).toMatchObject({
      id: 'call_1_0',
      name: 'get_weather',
      arguments: '{"city":"Köln","unit":"celsius"}',
      signature: { family: 'gemini' },
    });
    expect(second).toMatchObject({ id: 'call_1_1', arguments: '{"city":"Paris","unit":"celsius"}' });
    expect(second).not.toHaveProperty('signature');
    expect(finish).toBe('toolCalls');
    expect(usage).toMatchObject({ inputTokens: 164, outputTokens: 38 + 87, reasoningTokens: 87 });
  });

  it('places citations in the text, in UTF-16 and not in bytes', () => {
    const {
      parts: [part],
      usage,
    } = collect(decode([stream('grounding')]));
    if (part?.type !== 'text') throw new Error('no text');
    const sun = { url: 'https://example.org/sun', title: 'example.org', quote: null };
    expect(
      part.citations?.map(({ start, end, ...source }) => [
        source,
        start === null ? null : part.text.slice(start, end ?? 0),
      ]),
    ).toEqual([
      [sun, 'Die Sonne brennt schön.'],
      [sun, 'Der Mond nicht.'],
      [{ url: 'https://example.org/moon', title: 'The Moon', quote: null }, 'Der Mond nicht.'],
      [{ url: 'https://example.org/unused', title: 'Unused', quote: null }, null],
    ]);
    expect(usage).toMatchObject({ inputTokens: 49, outputTokens: 12 });
  });

  it('tells a blocked prompt as filtered, and an error as one', () => {
    expect(decode([stream('blocked')]).slice(-2)).toEqual([
      { type: 'finish', reason: 'contentFilter', stopSequence: null },
      { type: 'end' },
    ]);
    expect(decode([stream('error')]).slice(1)).toEqual([
      { type: 'text', text: 'The first step is ' },
      expect.objectContaining({ type: 'usage' }),
      { type: 'error', message: 'The model is overloaded. Please try again later.', code: 'UNAVAILABLE' },
    ]);
  });

  it.each([
    ['STOP', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['CONTINUATION', 'length'],
    ['RECITATION', 'contentFilter'],
    ['IMAGE_SAFETY', 'contentFilter'],
    ['SOMETHING_NEW', 'stop'],
  ])('ends with %s as %s', (reason, finish) => {
    expect(collect(decode([finished(reason, { text: 'a' })])).finish).toBe(finish);
  });

  it('does not make up an end that was not there', () => {
    expect(decode([parts({ text: 'a' })]).map(({ type }) => type)).toEqual(['start', 'text']);
    expect(decode([finished('FINISH_REASON_UNSPECIFIED', { text: 'a' })]).map(({ type }) => type)).toEqual([
      'start',
      'text',
    ]);
  });

  it('finishes once, at the end, though every chunk says STOP', () => {
    const call = { functionCall: { name: 'f' } };
    const events = decode([
      finished('STOP', { text: 'a' }),
      finished('STOP', call),
      finished('STOP', { text: 'b' }),
    ]);
    expect(events.filter(({ type }) => type === 'finish')).toEqual([
      { type: 'finish', reason: 'toolCalls', stopSequence: null },
    ]);
    expect(collect(events).parts.map(({ type }) => type)).toEqual(['text', 'toolCall', 'text']);
  });

  it('fails where the model failed', () => {
    const failed = chunk({ content: {}, finishReason: 'MALFORMED_FUNCTION_CALL', finishMessage: 'print(' });
    expect(decode([parts({ text: 'a' }), failed, finished('STOP', { text: 'b' })]).slice(2)).toEqual([
      {
        type: 'error',
        message: 'Gemini stopped with MALFORMED_FUNCTION_CALL: print(',
        code: 'MALFORMED_FUNCTION_CALL',
      },
    ]);
  });

  it('gathers arguments that come in pieces', () => {
    const call = (functionCall: object) => parts({ functionCall });
    const events = decode([
      call({ name: 'f', id: 'x', willContinue: true }),
      call({
        partialArgs: [{ jsonPath: '$.city', stringValue: 'Kö', willContinue: true }],
        willContinue: true,
      }),
      call({
        partialArgs: [
          { jsonPath: '$.city', stringValue: 'ln' },
          { jsonPath: '$.days[1]["a b"]', numberValue: 2 },
        ],
        willContinue: true,
      }),
      call({
        partialArgs: [
          { jsonPath: '$.days[0]', nullValue: 'NULL_VALUE' },
          { jsonPath: 'odd', boolValue: true },
          { jsonPath: '$.__proto__.bad', boolValue: true },
        ],
        willContinue: true,
      }),
      call({}),
      call({ name: 'g' }),
      finished('STOP'),
    ]);
    expect(collect(events).parts).toMatchObject([
      { id: 'x', name: 'f', arguments: '{"city":"Köln","days":[null,{"a b":2}]}' },
      { name: 'g', arguments: '{}' },
    ]);
  });

  it('hands on images, and skips what it does not know', () => {
    const image = { inlineData: { mimeType: 'image/png', data: 'AAAA' } };
    const odd = [{ text: 5 }, { video: {} }, null, 'x', { functionCall: { args: {} } }, { inlineData: {} }];
    expect(collect(decode([parts(...(odd as object[])), finished('STOP', image)])).parts).toEqual([
      {
        type: 'media',
        media: 'image',
        mediaType: 'image/png',
        source: { from: 'base64', data: 'AAAA' },
        name: null,
        detail: null,
      },
    ]);
  });

  it.each(['[DONE]', '{"choices":[]}', '[]', 'null', '<html>'])('says that %s is not its dialect', (data) => {
    expect(() => geminiDialect.createStreamDecoder('req_1').push(data)).toThrow(ForeignEventError);
  });

  it('never throws at what is in an event of its own', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), fc.jsonValue(), (given, metadata, error) => {
        const candidate = {
          content: { parts: given },
          finishReason: 'STOP',
          groundingMetadata: metadata,
          citationMetadata: metadata,
        };
        decode([chunk(candidate, { usageMetadata: metadata, promptFeedback: metadata, error })]);
      }),
    );
  });
});

describe('a whole answer', () => {
  const read = (body: object) => geminiDialect.decodeResult(body as JsonObject, 'req_1');

  it('is one chunk', () => {
    const body = {
      candidates: [{ content: { parts: [{ text: 'Hi' }] }, finishReason: 'STOP' }],
      responseId: 'r',
      modelVersion: 'm',
    };
    expect(read(body)).toEqual({
      id: 'r',
      model: 'm',
      parts: [{ type: 'text', text: 'Hi' }],
      finish: 'stop',
      stopSequence: null,
      usage: null,
    });
    expect(read({ candidates: [{ content: { parts: [{ functionCall: { name: 'f' } }] } }] })).toMatchObject({
      finish: 'toolCalls',
    });
    expect(read({ promptFeedback: { blockReason: 'SAFETY' } })).toMatchObject({
      finish: 'contentFilter',
      parts: [],
    });
  });

  it.each([
    [{ choices: [] }, /not Gemini/],
    [{ candidates: [] }, /no candidates/],
    [{ error: { message: 'broke' } }, /broke/],
    [{ candidates: [{ finishReason: 'OTHER' }] }, /OTHER/],
  ])('is none where it is %j', (body, message) => {
    expect(() => read(body)).toThrow(ForeignEventError);
    expect(() => read(body)).toThrow(message);
  });
});
