import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatDialect } from '../../../../main/protocol/chat/chatDialect.ts';
import { createTurnCollector } from '../../../../main/protocol/hub/collectTurn.ts';
import { replayTurn } from '../../../../main/protocol/hub/replayTurn.ts';
import {
  efforts,
  type FunctionTool,
  type JsonObject,
  type Message,
  type Part,
  type Turn,
} from '../../../../main/protocol/hub/turn.ts';
import { callParts, results, words } from '../hub/arbitraries.ts';
import { contextOf, turnOf } from './turnOf.ts';

const media: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ data: fc.base64String({ minLength: 4 }), detail: fc.constantFrom(null, 'low', 'high') }).map(
    ({ data, detail }): Part => ({
      type: 'media',
      media: 'image',
      mediaType: 'image/jpeg',
      source: { from: 'base64', data },
      name: null,
      detail,
    }),
  ),
  fc.webUrl().map(
    (url): Part => ({
      type: 'media',
      media: 'image',
      mediaType: null,
      source: { from: 'url', url },
      name: null,
      detail: null,
    }),
  ),
  fc.base64String({ minLength: 4 }).map(
    (data): Part => ({
      type: 'media',
      media: 'file',
      mediaType: 'application/pdf',
      source: { from: 'base64', data },
      name: 'paper.pdf',
      detail: null,
    }),
  ),
  fc.base64String({ minLength: 4 }).map(
    (data): Part => ({
      type: 'media',
      media: 'audio',
      mediaType: 'audio/mpeg',
      source: { from: 'base64', data },
      name: null,
      detail: null,
    }),
  ),
);

const text: fc.Arbitrary<Part> = words.map((said) => ({ type: 'text', text: said }));

const system: fc.Arbitrary<Message[]> = fc
  .tuple(fc.constantFrom('system' as const, 'developer' as const), text)
  .map(([role, part]) => [{ role, parts: [part] }]);

const user: fc.Arbitrary<Message[]> = fc
  .oneof(
    text.map((part) => [part]),
    // With a picture among them, each text stays a part of its own.
    fc.tuple(text, media, text),
  )
  .map((parts) => [{ role: 'user', parts }]);

/** An answer, and the results of its calls, in one message. */
const exchange: fc.Arbitrary<Message[]> = fc
  .tuple(fc.option(words), fc.option(text), callParts, fc.array(words, { minLength: 3, maxLength: 3 }))
  .map(([thought, said, calls, answers]) => {
    const thoughts: Part[] = thought === null ? [] : [{ type: 'reasoning', text: thought }];
    const given = calls.flatMap((call, at): Part[] => {
      if (call.type !== 'toolCall') return [];
      const parts = [{ type: 'text', text: answers[at] ?? '' } as const];
      return [{ type: 'toolResult', callId: call.id, name: null, kind: 'function', parts, isError: false }];
    });
    const answer: Message = { role: 'assistant', parts: [...thoughts, ...(said ? [said] : []), ...calls] };
    return given.length > 0 ? [answer, { role: 'user', parts: given }] : [answer];
  });

/** A user speaks between two answers, or else they would be one. */
const messages: fc.Arbitrary<Message[]> = fc
  .tuple(
    fc.array(system, { maxLength: 2 }),
    fc.array(fc.tuple(user, exchange), { minLength: 1, maxLength: 3 }),
  )
  .map(([rules, turns]) => [...rules.flat(), ...turns.flat(2)]);

const tool: fc.Arbitrary<FunctionTool> = fc.record({
  kind: fc.constant('function' as const),
  name: fc.stringMatching(/^[a-z]{1,8}$/),
  description: fc.option(words),
  schema: fc.constant<JsonObject>({ type: 'object', properties: { a: { type: ['string', 'null'] } } }),
  strict: fc.option(fc.boolean()),
});

const number = fc.option(fc.integer({ min: 1, max: 99 }));

/** What chat can hold of a turn, for a model whose server takes all of it. */
const turns: fc.Arbitrary<Turn> = fc
  .record({
    stream: fc.boolean(),
    messages,
    tools: fc.uniqueArray(tool, { selector: ({ name }) => name, minLength: 1, maxLength: 3 }),
    toolChoice: fc.constantFrom(
      null,
      { type: 'auto' as const },
      { type: 'none' as const },
      { type: 'required' as const },
    ),
    parallelToolCalls: fc.constantFrom(null, false),
    output: fc.constantFrom(null, {
      type: 'schema' as const,
      name: 'out',
      description: null,
      schema: { type: 'object' },
      strict: true,
    }),
    effort: fc.constantFrom(null, ...efforts),
    sampling: fc.record({
      temperature: number,
      topP: number,
      topK: fc.constant(null),
      presencePenalty: number,
      frequencyPenalty: number,
      seed: number,
      logprobs: fc.constant(null),
      topLogprobs: fc.constant(null),
      logitBias: fc.constantFrom(null, { '5': -1 }),
      candidates: fc.constant(null),
    }),
    maxTokens: number,
    stop: fc.array(words, { maxLength: 3 }),
    user: fc.option(fc.stringMatching(/^[a-z]{1,20}$/)),
    cacheKey: fc.option(words),
    serviceTier: fc.constantFrom(null, 'flex'),
  })
  .map(({ effort, ...turn }) => ({
    ...turnOf(),
    ...turn,
    model: 'kimi-k2-thinking',
    reasoning: effort && { effort, budgetTokens: null, adaptive: false, visible: null },
  }));

/** Thoughts of their own kind come first, or else the text does not look like any. */
const answers = results.filter(({ parts }) => {
  const text = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');
  return parts.some(({ type }) => type === 'reasoning') || !/^\s*<think/.test(text);
});

const overTheWire = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;

describe('what chat can hold', () => {
  it('of a request is read as it was written', () => {
    fc.assert(
      fc.property(turns, (turn) => {
        const { body, dropped, repairs } = chatDialect.encodeRequest(turn, {
          model: turn.model,
        });
        const read = chatDialect.decodeRequest(overTheWire(body), { model: turn.model, stream: false });
        expect(read).toEqual(turn);
        expect([...dropped, ...repairs]).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('of an answer is read as it was written', () => {
    fc.assert(
      fc.property(answers, (result) => {
        const body = overTheWire(chatDialect.encodeResult(result, contextOf()));
        expect(chatDialect.decodeResult(body, 'req_1')).toEqual({
          ...result,
          id: 'chatcmpl-abc',
          model: 'asked-model',
        });
      }),
      { numRuns: 500 },
    );
  });

  it('of a stream is read as it was written', () => {
    fc.assert(
      fc.property(answers, (result) => {
        const encoder = chatDialect.createStreamEncoder(contextOf());
        const stream = replayTurn(result)
          .map((event) => encoder.push(event))
          .join('');
        const decoder = chatDialect.createStreamDecoder('req_1');
        const collector = createTurnCollector();
        for (const block of stream.split('\n\n').slice(0, -1))
          for (const event of decoder.push(block.slice('data: '.length))) collector.push(event);
        expect(collector.result()).toEqual({ ...result, id: 'chatcmpl-abc', model: 'asked-model' });
      }),
      { numRuns: 500 },
    );
  });
});
