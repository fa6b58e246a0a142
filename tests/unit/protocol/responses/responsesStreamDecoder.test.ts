import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSseFramer, splitEvents } from '../../../../main/base/sseFramer.ts';
import { createTurnCollector } from '../../../../main/protocol/hub/collectTurn.ts';
import { ForeignEventError } from '../../../../main/protocol/hub/hubErrors.ts';
import type { JsonObject } from '../../../../main/protocol/hub/turn.ts';
import type { TurnEvent } from '../../../../main/protocol/hub/turnEvent.ts';
import type { TurnResult } from '../../../../main/protocol/hub/turnResult.ts';
import { responsesDialect } from '../../../../main/protocol/responses/responsesDialect.ts';
import { readFixture } from './fixture.ts';

const recorded = [
  'text.sse',
  'reasoning-parallel-calls.sse',
  'custom-tool-call.sse',
  'incomplete.sse',
  'failed.sse',
  'web-search-refusal.sse',
];

/** Cuts anywhere in the bytes, also inside of a character. */
function decode(stream: string, cuts: readonly number[] = []): TurnEvent[] {
  const bytes = Buffer.from(stream);
  const edges = [...new Set([0, bytes.length, ...cuts.map((cut) => cut % bytes.length)])].sort(
    (a, b) => a - b,
  );
  const framer = createSseFramer();
  const decoder = responsesDialect.createStreamDecoder('req_t1');
  const events: TurnEvent[] = [];
  const take = (whole: Buffer | null): void => {
    for (const { data } of whole ? splitEvents(whole) : [])
      if (data !== null) events.push(...decoder.push(data));
  };
  for (const [at, edge] of edges.entries()) take(framer.push(bytes.subarray(edges[at - 1] ?? 0, edge)));
  take(framer.rest());
  return [...events, ...decoder.end()];
}

function collect(events: readonly TurnEvent[]): TurnResult {
  const collector = createTurnCollector();
  for (const event of events) collector.push(event);
  return collector.result();
}

const push = (...events: object[]): TurnEvent[] => {
  const decoder = responsesDialect.createStreamDecoder('req_t1');
  return events.flatMap((event) => decoder.push(JSON.stringify(event)));
};

describe('the recorded streams', () => {
  it.each(recorded)('%s says the same however it is cut', (name) => {
    const stream = readFixture(name);
    const whole = decode(stream);
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), (cuts) => {
        expect(decode(stream, cuts)).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });

  it.each(recorded.filter((name) => name !== 'failed.sse'))(
    '%s says what its last event holds whole',
    (name) => {
      const stream = readFixture(name);
      const last = splitEvents(Buffer.from(stream)).at(-1)?.data ?? '';
      const { response } = JSON.parse(last);
      expect(collect(decode(stream))).toEqual(responsesDialect.decodeResult(response, 'req_t1'));
    },
  );

  it('text, with a citation and the usage', () => {
    const result = collect(decode(readFixture('text.sse')));
    expect(result).toEqual({
      id: 'resp_0a1f4be2a1c94d0e0068f1',
      model: 'gpt-5.1-2026-08-01',
      finish: 'stop',
      stopSequence: null,
      usage: { inputTokens: 36, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 19, reasoningTokens: 0 },
      parts: [
        {
          type: 'text',
          text: 'Grüße aus Köln 🌉: siehe [1]。',
          citations: [
            { url: 'https://example.org/köln?a=1', title: 'Köln – Wetter', quote: null, start: 18, end: 27 },
          ],
        },
      ],
    });
  });

  it('reasoning and parallel calls', () => {
    const result = collect(decode(readFixture('reasoning-parallel-calls.sse')));
    expect(result.finish).toBe('toolCalls');
    expect(result.parts).toEqual([
      {
        type: 'reasoning',
        text: '**Looking up weather**\n\nTwo cities at once — naïve but fine',
        signature: { family: 'openai', value: 'gAAAAABo8fX2b3Blbi1zZWNyZXQ=' },
        id: 'rs_0b7c12',
      },
      {
        type: 'toolCall',
        kind: 'function',
        id: 'call_Xa81',
        name: 'get_weather',
        arguments: '{"city":"Zürich"}',
      },
      {
        type: 'toolCall',
        kind: 'function',
        id: 'call_Xa82',
        name: 'get_weather',
        arguments: '{"city":"東京"}',
      },
    ]);
  });

  it('a custom call, a cut-off, a failure, a refusal', () => {
    expect(collect(decode(readFixture('custom-tool-call.sse'))).parts).toMatchObject([
      {
        kind: 'custom',
        id: 'call_Pq7',
        arguments: expect.stringMatching(/^\*\*\* Begin Patch\n(?:.*\n)*\+new 🎉\n/),
      },
    ]);
    expect(collect(decode(readFixture('incomplete.sse')))).toMatchObject({
      finish: 'length',
      parts: [{ text: 'One two thr' }],
    });
    expect(decode(readFixture('failed.sse')).slice(1)).toEqual([
      { type: 'text', text: 'I was' },
      { type: 'error', message: 'The model failed to generate a response.', code: 'server_error' },
    ]);
    expect(collect(decode(readFixture('web-search-refusal.sse'))).parts).toEqual([
      { type: 'refusal', text: "I can't help with that." },
    ]);
  });
});

describe('responsesStreamDecoder', () => {
  const message = {
    id: 'msg_1',
    type: 'message',
    content: [{ type: 'output_text', text: 'whole', annotations: [] }],
  };
  const call = { id: 'fc_1', type: 'function_call', call_id: 'call_1', name: 'f', arguments: '{"a":1}' };
  const completed = (...output: object[]) => ({ type: 'response.completed', response: { id: 'r', output } });
  const textOf = (events: TurnEvent[]) => collect(events).parts;

  it.each([
    ['only the last event', [completed(message, call)]],
    [
      'items without pieces',
      [
        { type: 'response.output_item.done', output_index: 0, item: message },
        { type: 'response.output_item.done', output_index: 1, item: call },
        completed(message, call),
      ],
    ],
    [
      'pieces without beginnings',
      [
        {
          type: 'response.output_text.delta',
          output_index: 0,
          item_id: 'msg_1',
          content_index: 0,
          delta: 'whole',
        },
        {
          type: 'response.function_call_arguments.delta',
          output_index: 1,
          item_id: 'fc_1',
          delta: '{"a":1}',
        },
        { type: 'response.output_item.done', output_index: 1, item: call },
        completed(message, call),
      ],
    ],
    [
      'wholes without pieces at every step, and ids that change',
      [
        { type: 'response.output_item.added', output_index: 0, item: { ...message, id: 'a', content: [] } },
        { type: 'response.output_text.done', output_index: 0, item_id: 'b', content_index: 0, text: 'whole' },
        {
          type: 'response.content_part.done',
          output_index: 0,
          item_id: 'c',
          content_index: 0,
          part: message.content[0],
        },
        { type: 'response.output_item.done', output_index: 0, item: { ...message, id: 'd' } },
        { type: 'response.output_item.added', output_index: 1, item: { ...call, arguments: '' } },
        {
          type: 'response.function_call_arguments.done',
          output_index: 1,
          item_id: 'e',
          arguments: '{"a":1}',
        },
        { type: 'response.output_item.done', output_index: 1, item: { ...call, id: 'f' } },
        completed(message, call),
      ],
    ],
    [
      'one place for all items',
      [
        { type: 'response.output_item.added', output_index: 0, item: { ...message, content: [] } },
        {
          type: 'response.output_text.delta',
          output_index: 0,
          item_id: 'msg_1',
          content_index: 0,
          delta: 'whole',
        },
        { type: 'response.output_item.done', output_index: 0, item: message },
        { type: 'response.output_item.added', output_index: 0, item: { ...call, arguments: '' } },
        {
          type: 'response.function_call_arguments.delta',
          output_index: 0,
          item_id: 'fc_1',
          delta: '{"a":1}',
        },
        { type: 'response.output_item.done', output_index: 0, item: call },
        completed(),
      ],
    ],
  ] as [string, object[]][])('tells everything once where a server sends %s', (_what, events) => {
    expect(textOf(push(...events))).toEqual([
      { type: 'text', text: 'whole' },
      { type: 'toolCall', kind: 'function', id: 'call_1', name: 'f', arguments: '{"a":1}' },
    ]);
  });

  it('begins once, ends once, and hears nothing after', () => {
    const events = push(
      { type: 'response.queued', response: { id: 'r', model: 'm' } },
      { type: 'response.in_progress', response: { id: 'r', model: 'm' } },
      completed(message),
      completed(message),
      { type: 'error', message: 'late' },
    );
    expect(events.map(({ type }) => type)).toEqual(['start', 'text', 'finish', 'end']);
  });

  it('takes a reasoning’s own words or their summary, whichever comes, and not both', () => {
    const at = { output_index: 0, item_id: 'rs_1' };
    const item = {
      id: 'rs_1',
      type: 'reasoning',
      summary: [{ type: 'summary_text', text: 'short' }],
      content: [{ type: 'reasoning_text', text: 'long' }],
    };
    const events = push(
      { type: 'response.reasoning_text.delta', ...at, content_index: 0, delta: 'long' },
      { type: 'response.reasoning_summary_text.delta', ...at, summary_index: 0, delta: 'short' },
      { type: 'response.output_item.done', output_index: 0, item },
    );
    expect(textOf(events)).toEqual([{ type: 'reasoning', text: 'long' }]);
  });

  it('knows what another gateway like this one carries', () => {
    const carrier = (use: string) => ({
      type: 'reasoning',
      id: `rs_${use}`,
      summary: [],
      encrypted_content: `sluice:gemini:${use}::U2ln`,
    });
    const second = { ...call, id: 'fc_2', call_id: 'call_2' };
    const output = [carrier('call'), call, second, message, carrier('text')];
    const events = push(completed(...output));
    const signature = { family: 'gemini', value: 'U2ln' };
    expect(responsesDialect.decodeResult({ output } as unknown as JsonObject, 'r').parts).toEqual(
      textOf(events),
    );
    expect(textOf(events)[1]).not.toHaveProperty('signature');
    expect(textOf(events)).toMatchObject([
      { type: 'toolCall', signature },
      { type: 'toolCall', id: 'call_2' },
      { type: 'text', signature },
    ]);
  });

  it.each([
    [
      { type: 'error', code: 'rate_limit_exceeded', message: 'slow down', param: null },
      'rate_limit_exceeded',
    ],
    [{ type: 'error', error: { message: 'slow down', code: 'x' } }, 'x'],
    [{ error: { message: 'slow down' } }, null],
    [{ error: 'slow down' }, null],
    [{ type: 'response.failed', response: { id: 'r', error: { message: 'slow down', code: 'y' } } }, 'y'],
  ])('hears the failure in %j', (event, code) => {
    expect(push(event).at(-1)).toEqual({ type: 'error', message: 'slow down', code });
  });

  it('skips what it does not know', () => {
    expect(
      push(
        { type: 'response.mcp_call.in_progress', output_index: 0, item_id: 'm' },
        { type: 'response.output_item.added', output_index: 0, item: { type: 'brand_new', id: 'b' } },
        { type: 'response.output_text.delta', output_index: 0, item_id: 'b', delta: 'not a message' },
        { type: 'keepalive' },
      ),
    ).toEqual([]);
    expect(responsesDialect.createStreamDecoder('r').push('[DONE]')).toEqual([]);
  });

  it.each(['not json', '7', '{"object":"chat.completion.chunk","choices":[]}'])(
    'says that %s is of no such stream',
    (data) => {
      expect(() => responsesDialect.createStreamDecoder('r').push(data)).toThrow(ForeignEventError);
    },
  );
});
