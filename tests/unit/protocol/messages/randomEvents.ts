// Event sequences as hub/turnEvent.ts allows them, tools interleaved and JSON broken included.
import fc from 'fast-check';
import type { TurnEvent } from '../../../../main/protocol/hub/turnEvent.ts';

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const signature = fc.option(
  fc.record({
    family: fc.constantFrom('openai' as const, 'anthropic' as const, 'gemini' as const),
    value: fc.base64String({ minLength: 4, maxLength: 16 }),
  }),
  { nil: null },
);
const json = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }))
      .map((value) => JSON.stringify(value)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', '{}', 'null', '"x"', '[1]', '{"a":1,}', "{'a':1}", '{}{"a":1}'),
  },
  {
    weight: 1,
    arbitrary: fc.dictionary(words, fc.jsonValue()).map((value) => JSON.stringify(value).slice(0, -1)),
  },
);

interface RandomCall {
  readonly kind: 'call';
  readonly id: string;
  readonly name: string;
  readonly json: string;
  readonly signature: Extract<TurnEvent, { type: 'toolCall' }>['signature'];
}

const call: fc.Arbitrary<RandomCall> = fc.record({
  kind: fc.constant('call' as const),
  id: fc.oneof(fc.constant(''), fc.constant('call_0'), fc.string({ minLength: 1, maxLength: 8 })),
  name: fc.string({ minLength: 1, maxLength: 8 }),
  json,
  signature,
});
const text = words.map((value): TurnEvent[] => [{ type: 'text', text: value }]);
const refusal = words.map((value): TurnEvent[] => [{ type: 'refusal', text: value }]);
const thinking = fc
  .record({ value: fc.string(), signature, ends: fc.boolean() })
  .map(({ value, signature: proof, ends }): TurnEvent[] => [
    { type: 'reasoning', text: value },
    ends
      ? { type: 'reasoningEnd', signature: proof, redacted: false, id: null }
      : { type: 'text', text: 'So: ' },
  ]);
const redacted = words.map((value): TurnEvent[] => [
  { type: 'reasoningEnd', signature: { family: 'anthropic', value }, redacted: true, id: null },
]);
const citation = fc
  .option(fc.webUrl(), { nil: null })
  .map((url): TurnEvent[] => [
    { type: 'citation', citation: { url, title: 'T', quote: 'Q', start: null, end: null } },
  ]);
const usage = fc
  .record({
    inputTokens: fc.nat(9_999),
    cachedTokens: fc.constant(0),
    cacheWriteTokens: fc.constant(0),
    outputTokens: fc.nat(9_999),
    reasoningTokens: fc.constant(0),
  })
  .map((value): TurnEvent[] => [{ type: 'usage', usage: value }]);

const step = fc.oneof<fc.Arbitrary<TurnEvent[] | RandomCall>[]>(
  text,
  thinking,
  call,
  call,
  redacted,
  refusal,
  citation,
  usage,
);

/** Arguments of each call in pieces, strewn among what comes behind the call by `seed`. */
function interleave(steps: readonly (TurnEvent[] | RandomCall)[], random: () => number): TurnEvent[] {
  const events: TurnEvent[] = [];
  const pending: { index: number; pieces: string[] }[] = [];
  let index = 0;
  const tellPiece = (): void => {
    const at = Math.floor(random() * pending.length);
    const one = pending[at];
    const piece = one?.pieces.shift();
    if (!one || piece === undefined) return;
    events.push({ type: 'toolArguments', index: one.index, text: piece });
    if (one.pieces.length === 0) pending.splice(at, 1);
  };
  for (const one of steps) {
    if (Array.isArray(one)) events.push(...one);
    else {
      const { id, name, signature: proof, json: all } = one;
      events.push({ type: 'toolCall', index, kind: 'function', id, name, signature: proof });
      const middle = Math.floor(random() * all.length);
      pending.push({ index, pieces: [all.slice(0, middle), all.slice(middle)] });
      index += 1;
    }
    while (pending.length > 0 && random() < 0.7) tellPiece();
  }
  while (pending.length > 0) tellPiece();
  return events;
}

export const randomEvents: fc.Arbitrary<TurnEvent[]> = fc
  .tuple(
    fc.array(step, { maxLength: 12 }),
    fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
    fc.constantFrom('stop' as const, 'length' as const, 'toolCalls' as const, 'contentFilter' as const),
    fc.boolean(),
  )
  .map(([steps, stream, reason, starts]): TurnEvent[] => {
    const random = (): number => stream.next().value as number;
    return [
      ...(starts ? [{ type: 'start' as const, id: null, model: 'm' }] : []),
      ...interleave(steps, random),
      { type: 'finish', reason, stopSequence: null },
      { type: 'end' },
    ];
  });
