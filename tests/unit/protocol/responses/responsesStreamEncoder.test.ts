import { createOpenAI } from '@ai-sdk/openai';
import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import fc from 'fast-check';
import OpenAI from 'openai';
import type { Response as OpenAIResponse, ResponseStreamEvent } from 'openai/resources/responses/responses';
import { describe, expect, it } from 'vitest';
import type { DialectError } from '../../../../main/protocol/dialectError.ts';
import type { JsonObject, Part } from '../../../../main/protocol/hub/turn.ts';
import type { TurnEvent } from '../../../../main/protocol/hub/turnEvent.ts';
import { responsesDialect } from '../../../../main/protocol/responses/responsesDialect.ts';
import { arbitraryStream } from './arbitraryAnswers.ts';
import { contextFor } from './fixture.ts';

const stateless: JsonObject = { store: false, include: ['reasoning.encrypted_content'] };
const broken: DialectError = {
  status: 502,
  message: 'gone',
  type: 'server_error',
  code: 'upstream_error',
  param: null,
  retryAfterMs: null,
};

type Told = ResponseStreamEvent & Record<string, unknown>;

function write(events: readonly TurnEvent[], body: JsonObject = stateless): string {
  const encoder = responsesDialect.createStreamEncoder(contextFor(body));
  return events.map((event) => encoder.push(event)).join('');
}

const read = (stream: string): Told[] =>
  stream
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => {
      const [name, data] = event.split('\n') as [string, string];
      const told = JSON.parse(data.slice('data: '.length)) as Told;
      expect(name).toBe(`event: ${told.type}`);
      return told;
    });

const serve = (stream: string) => async () =>
  new Response(stream, { headers: { 'content-type': 'text/event-stream' } });

const saidBy = (parts: readonly Part[], ...types: Part['type'][]): string =>
  parts.map((part) => (types.includes(part.type) && 'text' in part ? part.text : '')).join('');

const callsOf = (parts: readonly Part[]) =>
  parts.flatMap((part) => (part.type === 'toolCall' ? [[part.id, part.name, part.arguments]] : []));

const textStream: TurnEvent[] = [
  { type: 'start', id: 'up', model: 'x' },
  { type: 'text', text: 'Hel' },
  { type: 'text', text: 'lo' },
  { type: 'finish', reason: 'stop', stopSequence: null },
];

describe('responsesStreamEncoder', () => {
  it('tells a text as OpenAI does, step by step', () => {
    const events = read(write([...textStream, { type: 'end' }]));
    expect(events.map(({ type }) => type)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
  });

  it('keeps its laws for any answer: numbers, pieces that make the whole, items that end as they are told in the end', () => {
    fc.assert(
      fc.property(arbitraryStream, ({ events }) => {
        const told = read(write(events));
        expect(told.map((event) => event.sequence_number)).toEqual(told.map((_, index) => index));
        const last = told.at(-1) as Told & { response: OpenAIResponse };
        const done = told.filter((event) => event.type === 'response.output_item.done');
        const byPlace = [...done].sort((a, b) => Number(a.output_index) - Number(b.output_index));
        expect(byPlace.map(({ item }) => item)).toEqual(last.response.output);
        expect(told.filter((event) => event.type === 'response.output_item.added')).toHaveLength(done.length);
        const pieces = new Map<string, string>();
        for (const event of told) {
          const of = `${String(event.type).replace(/\.(delta|done)$/, '')} ${event.item_id} ${event.content_index ?? event.summary_index ?? 0}`;
          if (typeof event.delta === 'string') pieces.set(of, (pieces.get(of) ?? '') + event.delta);
          const whole = event.type.endsWith('.done')
            ? (event.text ?? event.refusal ?? event.arguments ?? event.input)
            : undefined;
          if (whole !== undefined) expect(pieces.get(of) ?? '').toBe(whole);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is taken by the openai SDK, which hears what was said', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryStream, async ({ result, events }) => {
        const client = new OpenAI({
          apiKey: 'k',
          baseURL: 'http://x/v1',
          fetch: serve(write(events)),
          maxRetries: 0,
        });
        const stream = client.responses.stream({ model: 'm', input: 'x' });
        let deltas = '';
        stream.on('response.output_text.delta', (event) => {
          deltas += event.delta;
        });
        const final = await stream.finalResponse();
        expect(final.output_text).toBe(saidBy(result.parts, 'text'));
        expect(deltas).toBe(final.output_text);
        const calls = final.output.flatMap((item) => {
          if (item.type === 'function_call') return [[item.call_id, item.name, item.arguments]];
          return item.type === 'custom_tool_call' ? [[item.call_id, item.name, item.input]] : [];
        });
        expect(calls).toEqual(callsOf(result.parts));
        const { finish } = result;
        const whole = finish === 'stop' || finish === 'toolCalls';
        expect(final.status).toBe(whole ? 'completed' : 'incomplete');
        expect(final.usage?.total_tokens).toBe(
          (result.usage?.inputTokens ?? 0) + (result.usage?.outputTokens ?? 0),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('is taken by the AI SDK, which hears the same', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryStream, async ({ result, events }) => {
        const openai = createOpenAI({ apiKey: 'k', baseURL: 'http://x/v1', fetch: serve(write(events)) });
        const { stream } = await openai.responses('gpt-5.1').doStream({
          prompt: [{ role: 'user', content: [{ type: 'text', text: 'x' }] }],
          providerOptions: { openai: { store: false } },
        });
        const parts: LanguageModelV4StreamPart[] = [];
        for await (const part of stream) parts.push(part);
        expect(parts.filter(({ type }) => type === 'error')).toEqual([]);
        const deltas = (type: string) =>
          parts.map((part) => (part.type === type && 'delta' in part ? part.delta : '')).join('');
        expect(deltas('text-delta')).toBe(saidBy(result.parts, 'text', 'refusal'));
        expect(deltas('reasoning-delta')).toBe(saidBy(result.parts, 'reasoning'));
        const calls = parts.flatMap((part) =>
          part.type === 'tool-call' && !part.providerExecuted ? [part.toolCallId] : [],
        );
        expect([...calls].sort()).toEqual(
          callsOf(result.parts)
            .map(([id]) => id)
            .sort(),
        );
        const finish = parts.find((part) => part.type === 'finish');
        expect(finish?.type === 'finish' && finish.usage.inputTokens.total).toBe(result.usage?.inputTokens);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps calls open whose pieces come mixed, and ends those that are whole at once', () => {
    const call = (index: number): TurnEvent => ({
      type: 'toolCall',
      index,
      kind: 'function',
      id: `call_${index}`,
      name: 'f',
      signature: null,
    });
    const piece = (index: number, text: string): TurnEvent => ({ type: 'toolArguments', index, text });
    const events = read(
      write([call(0), piece(0, '{"a"'), call(1), piece(0, ':1}'), piece(1, '{}'), call(2), { type: 'end' }]),
    );
    const order = events.flatMap((event) =>
      event.type.startsWith('response.output_item.') ? [`${event.type.slice(21)} ${event.output_index}`] : [],
    );
    expect(order).toEqual(['added 0', 'added 1', 'done 0', 'done 1', 'added 2', 'done 2']);
    expect(events.filter(({ delta }) => delta !== undefined).map(({ delta }) => delta)).toEqual([
      '{"a"',
      ':1}',
      '{}',
      '{}',
    ]);
    const cut: TurnEvent = { type: 'finish', reason: 'length', stopSequence: null };
    const short = [call(0), piece(0, '{}'), call(1), piece(1, '{"a"'), cut, { type: 'end' } as const];
    expect(read(write(short)).at(-1)).toMatchObject({
      type: 'response.incomplete',
      response: { output: [{ status: 'completed' }, { status: 'incomplete', arguments: '{"a"' }] },
    });
    const last = [call(0), piece(0, '{}'), cut, { type: 'end' } as const];
    expect(read(write(last)).at(-1)).toMatchObject({ response: { output: [{ status: 'completed' }] } });
    expect(events.at(-1)).toMatchObject({
      response: { output: [{ arguments: '{"a":1}' }, { arguments: '{}' }, { arguments: '{}' }] },
    });
  });

  it('repeats the client’s own fields, its namespaces, and everything the type requires', () => {
    const body: JsonObject = {
      instructions: 'Be brief.',
      metadata: { a: 'b' },
      temperature: 0.3,
      tool_choice: 'required',
      tools: [
        { type: 'namespace', name: 'crm', description: 'd', tools: [{ type: 'function', name: 'find' }] },
      ],
    };
    const call: TurnEvent = {
      type: 'toolCall',
      index: 0,
      kind: 'function',
      id: 'call_1',
      name: 'crm__find',
      signature: null,
    };
    const { response } = read(write([call, { type: 'end' }], body)).at(-1) as Told & {
      response: OpenAIResponse;
    };
    const required: (keyof OpenAIResponse)[] = [
      'id',
      'access_programs',
      'created_at',
      'error',
      'incomplete_details',
      'instructions',
      'metadata',
      'model',
      'object',
      'output',
      'parallel_tool_calls',
      'temperature',
      'tool_choice',
      'tools',
      'top_p',
    ];
    for (const field of required) expect(response).toHaveProperty(field);
    expect(response).toMatchObject({
      ...body,
      id: 'resp_req_t1',
      model: 'the-model',
      output: [{ namespace: 'crm', name: 'find', call_id: 'call_1', id: 'fc_req_t1_0' }],
      // Nobody counted, and Codex reads integers: guessed from what is known.
      usage: { input_tokens: 11, output_tokens: 0, total_tokens: 11 },
    });
  });

  it('hides what others signed from who does not send it back', () => {
    const events: TurnEvent[] = [
      { type: 'reasoning', text: 'hm' },
      { type: 'reasoningEnd', signature: { family: 'anthropic', value: 'EqQB' }, redacted: false, id: null },
      { type: 'reasoningEnd', signature: { family: 'anthropic', value: 'data' }, redacted: true, id: null },
      { type: 'end' },
    ];
    const output = (body: JsonObject) =>
      (read(write(events, body)).at(-1) as Told & { response: OpenAIResponse }).response.output;
    expect(output({})).toEqual([
      { id: 'rs_req_t1_0', type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }] },
    ]);
    expect(output({ store: false })).toMatchObject([
      { encrypted_content: 'sluice:anthropic:thinking::EqQB' },
      { encrypted_content: 'sluice:anthropic:redacted::data', summary: [] },
    ]);
    expect(output({ include: ['reasoning.encrypted_content'] })).toHaveLength(2);
  });

  it('beats with events once it has begun, with comments before', () => {
    const encoder = responsesDialect.createStreamEncoder(contextFor());
    expect(encoder.heartbeat()).toMatch(/^: [^\n]*\n\n$/);
    const begun = textStream.map((event) => encoder.push(event)).join('');
    const beat = encoder.heartbeat();
    expect(read(beat)).toMatchObject([{ type: 'response.in_progress', response: { status: 'in_progress' } }]);
    const events = read(begun + beat + encoder.push({ type: 'end' }));
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
    expect(encoder.heartbeat()).toBe('');
  });

  it('a beat in the middle of a text takes nothing from the SDK', async () => {
    const encoder = responsesDialect.createStreamEncoder(contextFor());
    const stream = [...textStream, { type: 'end' } as const]
      .map((event) => encoder.push(event) + encoder.heartbeat())
      .join('');
    const client = new OpenAI({ apiKey: 'k', baseURL: 'http://x/v1', fetch: serve(stream), maxRetries: 0 });
    expect((await client.responses.stream({ model: 'm', input: 'x' }).finalResponse()).output_text).toBe(
      'Hello',
    );
  });

  it.each([
    ['fails', (encoder: ReturnType<typeof responsesDialect.createStreamEncoder>) => encoder.fail(broken)],
    [
      'is told of a failure',
      (encoder: ReturnType<typeof responsesDialect.createStreamEncoder>) =>
        encoder.push({ type: 'error', message: 'gone', code: 'upstream_error' }) + encoder.fail(broken),
    ],
  ])('%s with response.failed, once, and the AI SDK sees why', async (_what, end) => {
    const encoder = responsesDialect.createStreamEncoder(contextFor());
    const stream =
      encoder.push(textStream[0] as TurnEvent) + encoder.push(textStream[1] as TurnEvent) + end(encoder);
    const events = read(stream);
    expect(events.filter(({ type }) => type === 'response.failed')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({
      sequence_number: events.length - 1,
      response: { id: 'resp_req_t1', status: 'failed', error: { code: 'upstream_error', message: 'gone' } },
    });
    const openai = createOpenAI({ apiKey: 'k', baseURL: 'http://x/v1', fetch: serve(stream) });
    const { stream: parts } = await openai
      .responses('m')
      .doStream({ prompt: [{ role: 'user', content: [{ type: 'text', text: 'x' }] }] });
    const errors: unknown[] = [];
    for await (const part of parts) if (part.type === 'error') errors.push(part.error);
    expect(JSON.stringify(errors)).toContain('gone');
    expect(errors).toHaveLength(1);
  });
});
