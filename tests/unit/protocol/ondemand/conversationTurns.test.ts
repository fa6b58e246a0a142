import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialects } from '../../../../main/protocol/dialects.ts';
import {
  createCustomCalls,
  customToolNames,
  flattenCustomTools,
} from '../../../../main/protocol/hub/customTools.ts';
import type { Json, JsonObject, Turn } from '../../../../main/protocol/hub/turn.ts';
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
const calls = fc.oneof(
  fc
    .dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.oneof(words, fc.integer()))
    .map((value) => `<run_tool name="look">${JSON.stringify(value)}</run_tool>`),
  words.map((input) => `<run_tool name="patch">${JSON.stringify({ input })}</run_tool>`),
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
