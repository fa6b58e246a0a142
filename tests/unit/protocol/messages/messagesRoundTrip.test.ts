import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, Message, Part, ToolCallPart, Turn } from '../../../../main/protocol/hub/turn.ts';
import { messagesDialect } from '../../../../main/protocol/messages/messagesDialect.ts';
import { violations } from './messagesRules.ts';
import { randomTurns } from './randomTurns.ts';
import { aTurn, encode, fixture } from './turns.ts';

const again = (turn: Turn, model?: string): Turn =>
  messagesDialect.decodeRequest(JSON.parse(JSON.stringify(encode(turn, model).body)) as JsonObject, {
    model: '',
    stream: false,
  });

const id = fc.stringMatching(/^[a-zA-Z0-9_-]{1,20}$/);
const words = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== '');
const cache = fc.constantFrom({}, { cache: { ttl: null } });
const text = fc.tuple(words, cache).map(([value, mark]): Part => ({ type: 'text', text: value, ...mark }));
const image = fc.constantFrom<Part>(
  {
    type: 'media',
    media: 'image',
    mediaType: 'image/png',
    source: { from: 'base64', data: 'iVBOR' },
    name: null,
    detail: null,
  },
  {
    type: 'media',
    media: 'image',
    mediaType: null,
    source: { from: 'url', url: 'https://x.example/a.png' },
    name: null,
    detail: null,
  },
  {
    type: 'media',
    media: 'file',
    mediaType: 'application/pdf',
    source: { from: 'base64', data: 'JVBERi' },
    name: 'a',
    detail: null,
  },
  {
    type: 'media',
    media: 'file',
    mediaType: 'text/plain',
    source: { from: 'text', text: 'x' },
    name: 'b',
    detail: null,
  },
);
const thought = fc.tuple(fc.string(), fc.boolean()).map(([value, redacted]): Part => {
  const signature = { family: 'anthropic' as const, value: 'EqQB' };
  return redacted
    ? { type: 'reasoning', text: '', redacted, signature }
    : { type: 'reasoning', text: value, signature };
});
const call = fc
  .record({
    id,
    name: id,
    arguments: fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value)),
  })
  .map((value): ToolCallPart => ({ type: 'toolCall', kind: 'function', ...value }));
const answered = fc.tuple(fc.array(text, { maxLength: 1 }), fc.boolean());

/** A user's word, and an answer that may call tools which are then answered. */
const exchange = fc
  .tuple(
    fc.array(fc.oneof(text, image), { minLength: 1, maxLength: 3 }),
    fc.array(thought, { maxLength: 2 }),
    fc.array(text, { minLength: 1, maxLength: 2 }),
    fc.uniqueArray(call, { maxLength: 3, selector: (part) => part.id }),
    answered,
  )
  .map(([said, thoughts, replied, calls, [shown, isError]]): Message[] => [
    { role: 'user', parts: said },
    { role: 'assistant', parts: [...thoughts, ...replied, ...calls] },
    ...(calls.length > 0
      ? [
          {
            role: 'user' as const,
            parts: calls.map(
              (part): Part => ({
                type: 'toolResult',
                callId: part.id,
                name: null,
                kind: 'function',
                parts: shown as Extract<Part, { type: 'toolResult' }>['parts'],
                isError,
              }),
            ),
          },
          { role: 'assistant' as const, parts: [{ type: 'text' as const, text: 'Done.' }] },
        ]
      : []),
  ]);

const withoutMarks = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (name, member: unknown) => (name === 'cache' ? undefined : member)));

describe('messages, there and back', () => {
  it('keeps every word, picture, call, result and proof of a conversation', () => {
    fc.assert(
      fc.property(exchange, fc.array(text, { minLength: 1, maxLength: 2 }), (messages, system) => {
        const turn = aTurn({
          messages: [
            { role: 'system', parts: system },
            ...messages,
            { role: 'user', parts: [{ type: 'text', text: 'Go on' }] },
          ],
        });
        const marks = JSON.stringify(turn.messages).split('"cache"').length - 1;
        const back = again(turn).messages;
        expect(withoutMarks(back)).toEqual(withoutMarks(turn.messages));
        // A client that marks nothing and works with tools gets marks of ours.
        const own = JSON.stringify(back).split('"cache"').length - 1;
        if (marks > 0) expect(own).toBe(Math.min(4, marks));
        else expect([0, 2, 3]).toContain(own);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps what a request wants beside its words', () => {
    const turn = aTurn({
      stream: true,
      tools: [
        {
          kind: 'function',
          name: 'f',
          description: 'Does it.',
          schema: { type: 'object', properties: {} },
          strict: null,
          cache: { ttl: '1h' },
        },
      ],
      toolChoice: { type: 'auto' },
      parallelToolCalls: false,
      reasoning: { effort: 'high', budgetTokens: null, adaptive: true, visible: true },
      maxTokens: 900,
      stop: ['###'],
      user: 'u',
      serviceTier: 'default',
    });
    const model = 'claude-opus-4-6';
    expect(again(turn, model)).toEqual({ ...turn, model, clientNames: expect.any(Map) });
    const sampled = aTurn({ sampling: { temperature: 0.3, topK: 5 }, maxTokens: 5 });
    expect(again(sampled).sampling).toEqual(sampled.sampling);
  });

  it('says of what Claude Code sends again what it said', () => {
    const body = JSON.parse(fixture('claude-code-request.json')) as JsonObject;
    const turn = messagesDialect.decodeRequest(body, { model: '', stream: true });
    const encoded = encode(turn, 'claude-opus-4-6');
    const { system, messages, thinking, output_config, metadata } = JSON.parse(
      JSON.stringify(encoded.body),
    ) as typeof body;
    const sent = JSON.parse(JSON.stringify(body).replaceAll(',"is_error":false', '')) as typeof body;
    expect({ messages, thinking, output_config, metadata }).toEqual({
      messages: sent.messages,
      thinking: sent.thinking,
      output_config: sent.output_config,
      metadata: sent.metadata,
    });
    // The second mark is of an hour behind one of five minutes.
    expect(system).toMatchObject([
      { cache_control: { type: 'ephemeral' } },
      { cache_control: { type: 'ephemeral' } },
    ]);
    expect(encoded.dropped).toEqual(['web_search_20250305']);
  });

  it('writes no request that Anthropic would refuse, whatever it is given', () => {
    const models = fc.constantFrom('claude-opus-4-1', 'claude-sonnet-4-5', 'claude-haiku-4-5');
    fc.assert(
      fc.property(randomTurns, models, (turn, model) => {
        expect(violations(encode(turn, model).body)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});
