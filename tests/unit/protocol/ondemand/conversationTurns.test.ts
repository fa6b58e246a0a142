import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialects } from '../../../../main/protocol/dialects.ts';
import {
  createCustomCalls,
  customToolNames,
  flattenCustomTools,
} from '../../../../main/protocol/hub/customTools.ts';
import type { Json, JsonObject, Part, Turn } from '../../../../main/protocol/hub/turn.ts';
import type { TurnResult } from '../../../../main/protocol/hub/turnResult.ts';
import { conversationTurns } from '../../../../main/protocol/ondemand/conversationTurns.ts';
import { ondemandDialect } from '../../../../main/protocol/ondemand/ondemandDialect.ts';
import type { OndemandRequest } from '../../../../main/protocol/ondemand/ondemandRequest.ts';
import { contextOf, functionTool, turnOf } from '../chat/turnOf.ts';
import { collect } from './fixture.ts';

const offered: Turn = turnOf({
  tools: [functionTool('look'), { kind: 'custom', name: 'patch', description: null, format: null }],
});

/** Frames of a stream: words, thoughts between them, and calls. */
type Frame = { thought: string } | { said: string };

const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => text.isWellFormed() && !text.includes('<'));
const call = (name: string, value: unknown, space: number): string =>
  `<run_tool name="${name}">${JSON.stringify(value, null, space)}</run_tool>`;
const members = fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.oneof(words, fc.integer()));
const calls = fc.oneof(
  fc.tuple(members, fc.nat(2)).map(([value, space]) => call('look', value, space)),
  fc.tuple(words, fc.nat(2)).map(([input, space]) => call('patch', { input }, space)),
);
const frames: fc.Arbitrary<Frame[]> = fc.array(
  fc.oneof(
    words.map((said) => ({ said })),
    words.map((thought) => ({ thought })),
    calls.map((said) => ({ said })),
  ),
  { maxLength: 6 },
);

/** The answer as the gateway has it in the end. */
function answerOf(given: readonly Frame[]): TurnResult {
  const decoder = ondemandDialect.createStreamDecoder('req_1', offered);
  const data = given.map((frame) =>
    'said' in frame
      ? { eventType: 'fulfillment', answer: frame.said }
      : { eventType: 'fulfillment_thinking', thinking: { delta: frame.thought } },
  );
  const events = [...data.map((event) => JSON.stringify(event)), '[DONE]'].flatMap((text) =>
    decoder.push(text),
  );
  return collect(events.flatMap(createCustomCalls(customToolNames(offered))));
}

/** What a client of each dialect sends back of an answer. */
const replays: Readonly<Record<keyof typeof dialects, (answer: JsonObject) => JsonObject>> = {
  chat: (answer) => {
    const [choice] = answer.choices as unknown as { message: Json }[];
    return { model: 'm', messages: [{ role: 'user', content: 'Hi' }, choice?.message ?? null] };
  },
  responses: (answer) => ({
    model: 'm',
    input: [{ role: 'user', content: 'Hi' }, ...(answer.output as readonly Json[])],
  }),
  messages: ({ role, content }) => ({
    model: 'm',
    max_tokens: 9,
    messages: [
      { role: 'user', content: 'Hi' },
      { role: role ?? null, content: content ?? null },
    ],
  }),
  gemini: (answer) => {
    const [candidate] = answer.candidates as unknown as { content: Json }[];
    return { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }, candidate?.content ?? null] };
  },
};

describe('an answer in the history', () => {
  it.each(Object.keys(replays) as (keyof typeof dialects)[])(
    'is found again when a client of %s sends it back',
    (name) => {
      fc.assert(
        fc.property(frames, (given) => {
          const result = answerOf(given);
          const text = conversationTurns(result.parts);
          fc.pre(text !== '');
          const dialect = dialects[name];
          const context = contextOf({ turn: offered });
          const answer = JSON.parse(JSON.stringify(dialect.encodeResult(result, context))) as JsonObject;
          const turn = dialect.decodeRequest(replays[name](answer), { model: 'm', stream: false });
          const encoded = ondemandDialect.encodeRequest(flattenCustomTools(turn), { model: 'm' });
          const { turns } = encoded.body as unknown as OndemandRequest;
          expect(turns[1]).toEqual({ role: 'assistant', text });
        }),
      );
    },
  );
});

describe('the words of an answer', () => {
  const text = (words: string): Part => ({ type: 'text', text: words });
  const look: Part = { type: 'toolCall', kind: 'function', id: 'c', name: 'look', arguments: '{}' };

  it('are the same to a client that trims them', () => {
    expect(conversationTurns([text('\n Hello there \n')])).toBe(conversationTurns([text('Hello there')]));
  });

  it('are one text where they follow each other, and paragraphs around a call', () => {
    expect(conversationTurns([text('Hel'), { type: 'reasoning', text: 'hm' }, text('lo')])).toBe('Hello');
    expect(conversationTurns([text('Before.'), look, text('After.')])).toBe(
      'Before.\n\nAfter.\n\n<run_tool name="look">{}</run_tool>',
    );
  });

  it('are none where nothing was said', () => {
    expect(conversationTurns([{ type: 'reasoning', text: 'hm' }])).toBe('');
  });
});
