// Answers and their pieces, as fast-check makes them up.
import fc from 'fast-check';
import type { Part } from '../../../../main/protocol/hub/turn.ts';
import type { TurnResult, Usage } from '../../../../main/protocol/hub/turnResult.ts';

/** Text of every script, with what protocols trip over. */
export const words: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
    fc.constantFrom('data: [DONE]\n\n', '"usage": {', 'Grüße 😀\r\n', ' ', '\\n', '<think>'),
  )
  // Lone surrogates do not survive UTF-8.
  .filter((text) => text.isWellFormed());

const identifier = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);

const json = fc.dictionary(identifier, fc.oneof(fc.integer(), words)).map((value) => JSON.stringify(value));

export const callParts: fc.Arbitrary<Part[]> = fc
  .uniqueArray(fc.tuple(fc.stringMatching(/^call_[a-z0-9]{1,10}$/), identifier, json, fc.option(words)), {
    selector: ([id]) => id,
    maxLength: 3,
  })
  .map((calls) =>
    calls.map(
      ([id, name, text, proof]): Part => ({
        type: 'toolCall',
        kind: 'function',
        id,
        name,
        arguments: text,
        ...(proof === null ? {} : { signature: { family: 'gemini', value: proof } }),
      }),
    ),
  );

export const usages: fc.Arbitrary<Usage> = fc
  .record({
    inputTokens: fc.integer({ min: 1, max: 9_999 }),
    outputTokens: fc.integer({ min: 1, max: 9_999 }),
    cachedTokens: fc.nat(9_999),
    cacheWriteTokens: fc.nat(9_999),
    reasoningTokens: fc.nat(9_999),
  })
  .map((usage) => ({ ...usage, reasoningTokens: Math.min(usage.reasoningTokens, usage.outputTokens) }));

const optionalPart = (type: 'reasoning' | 'refusal'): fc.Arbitrary<Part[]> =>
  fc.option(words).map((text): Part[] => (text === null ? [] : [{ type, text }]));

const textPart: fc.Arbitrary<Part[]> = fc
  .option(
    fc.record({
      text: words,
      citations: fc.array(fc.record({ url: fc.webUrl(), title: words, start: fc.nat(99), end: fc.nat(99) }), {
        maxLength: 2,
      }),
    }),
  )
  .map((said): Part[] => {
    if (said === null) return [];
    const citations = said.citations.map((citation) => ({ ...citation, quote: null }));
    return [{ type: 'text', text: said.text, ...(citations.length > 0 ? { citations } : {}) }];
  });

const imagePart: fc.Arbitrary<Part[]> = fc.option(fc.base64String({ minLength: 4 })).map((data): Part[] => {
  if (data === null) return [];
  const source = { from: 'base64', data } as const;
  return [{ type: 'media', media: 'image', mediaType: 'image/png', source, name: null, detail: null }];
});

/** Answers in the order in which models and all dialects give them: thought, words, picture, refusal, calls. */
export const results: fc.Arbitrary<TurnResult> = fc
  .record({
    id: fc.option(identifier),
    model: fc.option(identifier),
    parts: fc
      .tuple(optionalPart('reasoning'), textPart, imagePart, optionalPart('refusal'), callParts)
      .map((parts) => parts.flat()),
    finish: fc.constantFrom('stop' as const, 'length' as const, 'contentFilter' as const),
    usage: usages,
  })
  .map(({ finish, ...result }) => {
    const called = finish === 'stop' && result.parts.some(({ type }) => type === 'toolCall');
    return { ...result, finish: called ? 'toolCalls' : finish, stopSequence: null };
  });

/** Cuts bytes into pieces, at places that may lie within a character. */
export function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const edges = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  const whole = [0, ...edges, bytes.length];
  return whole.slice(1).map((edge, at) => bytes.subarray(whole[at], edge));
}

export const cuts: fc.Arbitrary<number[]> = fc.array(fc.nat(), { maxLength: 60 });
