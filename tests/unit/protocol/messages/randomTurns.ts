// Turns as any dialect's client may send them: calls without results, blank texts, ids of every kind, marks everywhere.
import fc from 'fast-check';
import type {
  FunctionTool,
  JsonObject,
  Message,
  Part,
  ReasoningWish,
  Turn,
} from '../../../../main/protocol/hub/turn.ts';
import { aTurn } from './turns.ts';

const perhaps = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(arbitrary, { nil: null });
const mark = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { cache: { ttl: null } },
      { cache: { ttl: '1h' as const } },
      { cache: { ttl: '5m' as const } },
    ),
  },
);
const id = fc.constantFrom('call_1', 'call_2', 'functions.get:0', '', 'x'.repeat(90), 'ünï');
const words = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom('', ' ', '\n'));

const text: fc.Arbitrary<Part> = fc
  .tuple(words, mark)
  .map(([value, cache]) => ({ type: 'text', text: value, ...cache }));
const image: fc.Arbitrary<Part> = mark.map((cache) => ({
  type: 'media',
  media: 'image',
  mediaType: 'image/png',
  source: { from: 'base64', data: 'iVBOR' },
  name: null,
  detail: null,
  ...cache,
}));
const call: fc.Arbitrary<Part> = fc
  .record({ id, name: fc.constantFrom('f', 'g'), arguments: fc.constantFrom('{}', '', '{"a":1}', '{"a":') })
  .map((value) => ({ type: 'toolCall', kind: 'function', ...value }));
const result: fc.Arbitrary<Part> = fc
  .tuple(id, fc.array(fc.oneof(text, image), { maxLength: 2 }), fc.boolean())
  .map(([callId, parts, isError]) => ({
    type: 'toolResult',
    callId,
    name: null,
    kind: 'function',
    parts: parts as Extract<Part, { type: 'toolResult' }>['parts'],
    isError,
  }));
const thought: fc.Arbitrary<Part> = fc
  .tuple(words, perhaps(fc.constantFrom('anthropic' as const, 'gemini' as const)), fc.boolean())
  .map(([value, family, redacted]) => ({
    type: 'reasoning',
    text: redacted ? '' : value,
    ...(redacted ? { redacted } : {}),
    ...(family ? { signature: { family, value: 'c2ln' } } : {}),
  }));

const message: fc.Arbitrary<Message> = fc.oneof(
  fc.array(text, { maxLength: 2 }).map((parts): Message => ({ role: 'system', parts })),
  fc
    .array(fc.oneof(text, image, result), { maxLength: 4 })
    .map((parts): Message => ({ role: 'user', parts })),
  fc
    .array(fc.oneof(text, thought, call), { maxLength: 4 })
    .map((parts): Message => ({ role: 'assistant', parts })),
);

const schemas: readonly (JsonObject | null)[] = [
  null,
  {},
  { type: 'object', properties: { a: { type: 'string' } } },
  { anyOf: [{ type: 'object' }] },
];

const tool: fc.Arbitrary<FunctionTool> = fc
  .record({
    name: fc.constantFrom('f', 'g'),
    schema: fc.constantFrom(...schemas),
    strict: fc.constantFrom(null, true, false),
    cache: mark,
  })
  .map(({ cache, ...rest }) => ({ kind: 'function', description: null, ...rest, ...cache }));

const wish: fc.Arbitrary<ReasoningWish> = fc.record({
  effort: fc.constantFrom(null, 'none', 'low', 'high', 'max'),
  budgetTokens: fc.constantFrom(null, -1, 0, 100, 9_000, 200_000),
  adaptive: fc.boolean(),
  visible: fc.constantFrom(null, true, false),
});

export const randomTurns: fc.Arbitrary<Turn> = fc
  .record({
    messages: fc.array(message, { maxLength: 8 }),
    tools: fc.array(tool, { maxLength: 3 }),
    toolChoice: fc.constantFrom(
      null,
      { type: 'auto' as const },
      { type: 'none' as const },
      { type: 'required' as const },
    ),
    parallelToolCalls: fc.constantFrom(null, true, false),
    reasoning: perhaps(wish),
    maxTokens: perhaps(fc.integer({ min: 1, max: 300_000 })),
    stop: fc.array(words, { maxLength: 2 }),
    sampling: fc.record({
      temperature: perhaps(fc.double({ min: 0, max: 2, noNaN: true })),
      topP: perhaps(fc.double({ min: 0, max: 1, noNaN: true })),
      topK: perhaps(fc.nat(100)),
    }),
  })
  .map((changes) => aTurn(changes));
