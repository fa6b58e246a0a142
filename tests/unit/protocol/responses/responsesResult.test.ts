import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ForeignEventError } from '../../../../main/protocol/hub/hubErrors.ts';
import { replayTurn } from '../../../../main/protocol/hub/replayTurn.ts';
import type { JsonObject, Message, Part } from '../../../../main/protocol/hub/turn.ts';
import { responsesDialect } from '../../../../main/protocol/responses/responsesDialect.ts';
import { arbitraryResult } from './arbitraryAnswers.ts';
import { contextFor, readJsonFixture, turnWith } from './fixture.ts';

const stateless: JsonObject = { store: false };
const throughJson = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;

describe('whole answers', () => {
  it('reads one of every kind', () => {
    expect(responsesDialect.decodeResult(readJsonFixture('result.json'), 'req_t1')).toEqual({
      id: 'resp_1',
      model: 'gpt-5.1-2026-08-01',
      finish: 'toolCalls',
      stopSequence: null,
      usage: {
        inputTokens: 50,
        cachedTokens: 10,
        cacheWriteTokens: 0,
        outputTokens: 30,
        reasoningTokens: 12,
      },
      parts: [
        {
          type: 'reasoning',
          text: '**Thinking**',
          signature: { family: 'openai', value: 'gAAAAABwhole' },
          id: 'rs_1a',
        },
        {
          type: 'text',
          text: 'Yes, see there.',
          citations: [{ url: 'https://example.org/', title: 'Source', quote: null, start: 0, end: 3 }],
        },
        {
          type: 'media',
          media: 'image',
          mediaType: 'image/webp',
          source: { from: 'base64', data: 'UklGRg==' },
          name: null,
          detail: null,
        },
        { type: 'toolCall', kind: 'function', id: 'call_W1', name: 'now', arguments: '{}' },
      ],
    });
  });

  it('come back as they were: written for a client and read again', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const written = throughJson(responsesDialect.encodeResult(result, contextFor(stateless)));
        const read = responsesDialect.decodeResult(written, 'req_t2');
        expect({ ...read, id: null, model: null }).toEqual(result);
      }),
      { numRuns: 500 },
    );
  });

  it('are what their stream ends with', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const encoder = responsesDialect.createStreamEncoder(contextFor(stateless));
        const stream = replayTurn(result)
          .map((event) => encoder.push(event))
          .join('');
        const last = stream.trimEnd().split('\n').at(-1) ?? '';
        expect(JSON.parse(last.slice('data: '.length)).response).toEqual(
          throughJson(responsesDialect.encodeResult(result, contextFor(stateless))),
        );
      }),
    );
  });

  it('find their signatures again when a client sends them back', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const { output } = responsesDialect.encodeResult(result, contextFor(stateless));
        const input = throughJson([{ role: 'user', content: 'x' }, ...(output as unknown[])]);
        const turn = responsesDialect.decodeRequest({ input }, { model: 'm', stream: false });
        const [, said] = turn.messages;
        expect(said?.parts ?? []).toEqual(result.parts);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [{ error: { message: 'quota' }, output: [] }, 'quota'],
    [{ status: 'failed', output: [] }, 'failed'],
    [{ choices: [] }, 'no output'],
  ] as [JsonObject, string][])('says why %j is none', (body, words) => {
    expect(() => responsesDialect.decodeResult(body, 'r')).toThrow(ForeignEventError);
    expect(() => responsesDialect.decodeResult(body, 'r')).toThrow(words);
  });
});

describe('readAnswer', () => {
  const read = (value: unknown) =>
    responsesDialect.readAnswer(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

  it('takes a real answer, with its usage', () => {
    const { fault, usage } = read(readJsonFixture('result.json'));
    expect(fault).toBeNull();
    expect(usage).toMatchObject({ total_tokens: 80 });
    expect(read({ output: [], status: 'incomplete' }).fault).toBeNull();
    expect(read({ output: [], usage: { output_tokens: 4 } }).fault).toBeNull();
  });

  it.each([
    ['<!DOCTYPE html><title>Sign in</title>', 'a web page ("Sign in")'],
    ['', 'is empty'],
    [{ error: { message: 'quota exceeded' } }, 'quota exceeded'],
    [{ error: 'plain words', output: [] }, 'plain words'],
    [{ status: 'failed', output: [] }, 'failed'],
    [{ id: 'x' }, 'no output'],
    [{ output: [], status: 'completed' }, 'is empty'],
  ])('%j is no answer', (value, words) => {
    expect(read(value).fault).toContain(words);
  });
});

describe('turns come back as they were: written for an upstream and read again', () => {
  const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
  const text = words.map((said): Part => ({ type: 'text', text: said }));
  const image = fc.constantFrom<Part>(
    {
      type: 'media',
      media: 'image',
      mediaType: 'image/png',
      source: { from: 'base64', data: 'AAAA' },
      name: null,
      detail: 'auto',
    },
    {
      type: 'media',
      media: 'file',
      mediaType: 'application/pdf',
      source: { from: 'base64', data: 'JVBE' },
      name: 'a.pdf',
      detail: null,
    },
    {
      type: 'media',
      media: 'image',
      mediaType: null,
      source: { from: 'url', url: 'https://a.example/b.png' },
      name: null,
      detail: 'low',
    },
  );
  const reasoning = fc.record({ text: words, value: words, id: fc.uuid() }).map(
    ({ text: said, value, id }): Part => ({
      type: 'reasoning',
      text: said,
      signature: { family: 'openai', value },
      id: `rs_${id}`,
    }),
  );
  const exchange = fc
    .record({
      asked: fc.array(fc.oneof(text, image), { minLength: 1, maxLength: 3 }),
      thought: fc.option(reasoning),
      said: fc.option(text),
      calls: fc.uniqueArray(fc.record({ id: fc.uuid(), kind: fc.constantFrom('function', 'custom') }), {
        selector: ({ id }) => id,
        minLength: 1,
        maxLength: 3,
      }),
      seen: fc.oneof(
        words.map((out): Part[] => [{ type: 'text', text: out }]),
        image.map((part) => [part]),
      ),
    })
    .map(({ asked, thought, said, calls, seen }): Message[] => [
      { role: 'user', parts: asked },
      {
        role: 'assistant',
        parts: [
          ...(thought ? [thought] : []),
          ...(said ? [said] : []),
          ...calls.map(
            ({ id, kind }) => ({ type: 'toolCall', kind, id, name: 'f', arguments: '{"a":1}' }) as Part,
          ),
        ],
      },
      {
        role: 'user',
        parts: calls.map(
          ({ id, kind }) =>
            ({ type: 'toolResult', kind, callId: id, name: null, parts: seen, isError: false }) as Part,
        ),
      },
    ]);
  const closed = {
    type: 'object',
    properties: { a: { type: 'string' } },
    required: ['a'],
    additionalProperties: false,
  };
  const arbitraryTurn = fc
    .record({
      system: fc.option(words),
      exchanges: fc.array(exchange, { minLength: 1, maxLength: 3 }),
      tool: fc.constantFrom<'function' | 'custom'>('function', 'custom'),
      choice: fc.constantFrom('auto' as const, 'none' as const, 'required' as const, 'tool' as const),
      maxTokens: fc.option(fc.integer({ min: 16, max: 9_999 })),
      temperature: fc.option(fc.constantFrom(0, 0.5, 2)),
      cacheKey: fc.option(words),
      schema: fc.boolean(),
    })
    .map(({ system, exchanges, tool, choice, maxTokens, temperature, cacheKey, schema }) =>
      turnWith({
        model: 'gpt-4.1',
        messages: [
          ...(system === null
            ? []
            : [{ role: 'system', parts: [{ type: 'text', text: system }] } as Message]),
          ...exchanges.flat(),
        ],
        tools: [
          tool === 'custom'
            ? { kind: 'custom', name: 'f', description: 'd', format: { type: 'text' } }
            : { kind: 'function', name: 'f', description: 'd', schema: closed, strict: true },
        ],
        toolChoice: choice === 'tool' ? { type: 'tool', name: 'f' } : { type: choice },
        parallelToolCalls: true,
        maxTokens,
        cacheKey,
        sampling: { ...turnWith({}).sampling, temperature },
        output: schema
          ? { type: 'schema', name: 'n', description: 'd', schema: { type: 'object' }, strict: false }
          : null,
        reasoning: { effort: 'high', budgetTokens: null, adaptive: false, visible: true },
        verbosity: 'low',
        serviceTier: 'flex',
        user: 'u',
      }),
    );

  it('for any turn that this dialect can hold', () => {
    fc.assert(
      fc.property(arbitraryTurn, (turn) => {
        const { body, dropped } = responsesDialect.encodeRequest(turn, {
          model: turn.model,
        });
        expect(dropped).toEqual([]);
        const read = responsesDialect.decodeRequest(throughJson(body), { model: turn.model, stream: false });
        expect({ ...read, clientNames: turn.clientNames }).toEqual(turn);
      }),
      { numRuns: 300 },
    );
  });
});
