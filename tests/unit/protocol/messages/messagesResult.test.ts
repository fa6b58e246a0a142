import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTurnCollector } from '../../../../main/protocol/hub/collectTurn.ts';
import { ForeignEventError } from '../../../../main/protocol/hub/hubErrors.ts';
import type { JsonObject, Part } from '../../../../main/protocol/hub/turn.ts';
import type { TurnResult } from '../../../../main/protocol/hub/turnResult.ts';
import { messagesDialect } from '../../../../main/protocol/messages/messagesDialect.ts';
import { randomEvents } from './randomEvents.ts';
import { sdkMessage } from './sdkMessage.ts';
import { aContext, fixture } from './turns.ts';

const decode = (body: object): TurnResult =>
  messagesDialect.decodeResult(JSON.parse(JSON.stringify(body)) as JsonObject, 'req_abc');

const aResult = (changes: Partial<TurnResult> = {}): TurnResult => ({
  id: 'msg_1',
  model: 'm',
  parts: [{ type: 'text', text: 'Hi' }],
  finish: 'stop',
  stopSequence: null,
  usage: { inputTokens: 10, cachedTokens: 4, cacheWriteTokens: 2, outputTokens: 3, reasoningTokens: 1 },
  ...changes,
});
const encode = (result: TurnResult) => messagesDialect.encodeResult(result, aContext());

const words = fc.string({ unit: 'grapheme', minLength: 1 });
const signature = fc.record({
  family: fc.constantFrom('openai' as const, 'anthropic' as const, 'gemini' as const),
  value: words,
});
const text = words.map((value): Part => ({ type: 'text', text: value }));
const thought = fc.tuple(fc.string(), signature, fc.boolean()).map(
  ([value, proof, named]): Part => ({
    type: 'reasoning',
    text: value,
    signature: proof,
    ...(named && proof.family === 'openai' ? { id: 'rs_1:2' } : {}),
  }),
);
const call = fc.tuple(fc.dictionary(fc.string(), fc.jsonValue()), fc.option(signature, { nil: null })).map(
  ([input, proof]): Part => ({
    type: 'toolCall',
    kind: 'function',
    id: 'call_1',
    name: 'f',
    arguments: JSON.stringify(input),
    ...(proof ? { signature: proof } : {}),
  }),
);

describe('messages results', () => {
  it('reads a message with all its blocks', () => {
    expect(decode(JSON.parse(fixture('tool-use-message.json')) as object)).toEqual({
      id: 'msg_01Aq9w938a90dw8q',
      model: 'claude-opus-4-5-20251101',
      parts: [
        {
          type: 'reasoning',
          text: 'Two cities.',
          signature: { family: 'anthropic', value: 'EqQBCgIYAhIM1gbcDa9GJwZA2b3h' },
        },
        {
          type: 'reasoning',
          text: '',
          redacted: true,
          signature: { family: 'anthropic', value: 'EmwKAhgBEgy3va3pzix/LafPsn4a' },
        },
        { type: 'text', text: 'Let me look.' },
        {
          type: 'toolCall',
          kind: 'function',
          id: 'toolu_01A09q90qw90lq917835lq9',
          name: 'get_weather',
          arguments: '{"location":"東京","days":3}',
        },
      ],
      finish: 'toolCalls',
      stopSequence: null,
      usage: {
        inputTokens: 2_605,
        cachedTokens: 500,
        cacheWriteTokens: 10,
        outputTokens: 503,
        reasoningTokens: 0,
      },
    });
  });

  it('reads the same as from the stream, citations and hosted tools included', async () => {
    const message = await sdkMessage([Buffer.from(fixture('web-search-citations.sse'))]);
    const { parts } = decode(message);
    const said = parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
    expect(said).toBe("I'll look that up.\n\nAccording to the news, the bridge opened on 3 May.");
    const [citation] = parts.flatMap((part) => (part.type === 'text' ? (part.citations ?? []) : []));
    expect(said.slice(citation?.start ?? 0, citation?.end ?? 0)).toBe('the bridge opened on 3 May');
  });

  it('tells why it was refused, and refuses what is no message', () => {
    const refused = {
      content: [],
      stop_reason: 'refusal',
      stop_details: { type: 'refusal', category: null, explanation: 'No.' },
    };
    expect(decode(refused)).toMatchObject({
      parts: [{ type: 'refusal', text: 'No.' }],
      finish: 'contentFilter',
      usage: null,
    });
    expect(() => decode({ choices: [] })).toThrow(ForeignEventError);
  });

  it('writes a whole message', () => {
    const citation = { url: 'https://x.example', title: 'X', quote: 'Q', start: 0, end: 2 };
    expect(
      encode(aResult({ parts: [{ type: 'text', text: 'Hi', citations: [citation] }], id: 'chatcmpl-9' })),
    ).toEqual({
      id: 'msg_abc',
      type: 'message',
      role: 'assistant',
      model: 'asked-for',
      content: [
        {
          type: 'text',
          text: 'Hi',
          citations: [
            {
              type: 'web_search_result_location',
              url: 'https://x.example',
              title: 'X',
              cited_text: 'Q',
              encrypted_index: '',
            },
          ],
        },
      ],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: {
        input_tokens: 4,
        cache_creation_input_tokens: 2,
        cache_read_input_tokens: 4,
        output_tokens: 3,
        output_tokens_details: { thinking_tokens: 1 },
      },
    });
  });

  it('guesses the usage that nobody counted, and mends arguments that are no JSON', () => {
    const broken: Part = { type: 'toolCall', kind: 'function', id: '', name: 'f', arguments: '{"a":' };
    expect(encode(aResult({ usage: null, parts: [broken, broken] }))).toMatchObject({
      content: [
        { type: 'tool_use', id: 'toolu_abc', input: { a: null } },
        { type: 'tool_use', id: 'toolu_abc_2', input: { a: null } },
      ],
      stop_reason: 'tool_use',
      usage: { input_tokens: 11, output_tokens: 3 },
    });
  });

  it('gives back what it was given, proofs of every family included', () => {
    const parts = fc.tuple(
      fc.array(thought, { maxLength: 1 }),
      fc.array(text, { maxLength: 1 }),
      fc.array(call, { maxLength: 1 }),
    );
    fc.assert(
      fc.property(parts, (found) => {
        const result = aResult({ parts: found.flat(), finish: found[2].length > 0 ? 'toolCalls' : 'stop' });
        expect(decode(encode(result))).toEqual({ ...result, model: 'asked-for' });
      }),
      { numRuns: 500 },
    );
  });

  it('writes whole what the stream writes in pieces', async () => {
    await fc.assert(
      fc.asyncProperty(randomEvents, async (events) => {
        const collector = createTurnCollector();
        const encoder = messagesDialect.createStreamEncoder(aContext());
        let stream = '';
        for (const event of events) {
          collector.push(event);
          stream += encoder.push(event);
        }
        const whole = encode(collector.result()) as { content: { type: string }[]; stop_reason: string };
        const streamed = await sdkMessage([Buffer.from(stream)]);
        const calls = (content: readonly { type: string }[]) =>
          content.filter(({ type }) => type === 'tool_use');
        expect(calls(whole.content)).toEqual(calls(streamed.content));
        expect(whole.stop_reason).toBe(streamed.stop_reason);
      }),
      { numRuns: 200 },
    );
  });
});
