import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { createChatStreamEncoder } from '../../../../main/protocol/chat/chatStreamEncoder.ts';
import type { AnswerContext } from '../../../../main/protocol/dialect.ts';
import type { TurnEvent } from '../../../../main/protocol/hub/turnEvent.ts';
import { contextOf } from './turnOf.ts';

type Chunk = OpenAI.ChatCompletionChunk;

function write(events: readonly TurnEvent[], context: Partial<AnswerContext> = {}): string {
  const encoder = createChatStreamEncoder(contextOf(context));
  return events.map((event) => encoder.push(event)).join('');
}

function chunksOf(stream: string): Chunk[] {
  const blocks = stream.split('\n\n');
  expect(blocks.pop()).toBe('');
  return blocks
    .map((block) => block.replace(/^data: /, ''))
    .filter((data) => data !== '[DONE]')
    .map((data) => JSON.parse(data) as Chunk);
}

const deltas = (stream: string) =>
  chunksOf(stream).flatMap(({ choices }) => choices.map(({ delta }) => delta));

const start: TurnEvent = { type: 'start', id: 'up', model: 'um' };
const finish = (reason: 'stop' | 'length' | 'toolCalls' | 'contentFilter' = 'stop'): TurnEvent => ({
  type: 'finish',
  reason,
  stopSequence: null,
});
const end: TurnEvent = { type: 'end' };
const callEvents = (index: number, kind: 'function' | 'custom', ...pieces: string[]): TurnEvent[] => [
  { type: 'toolCall', index, kind, id: `c${index}`, name: 'f', signature: null },
  ...pieces.map((text): TurnEvent => ({ type: 'toolArguments', index, text })),
];
const usage = { inputTokens: 9, cachedTokens: 4, cacheWriteTokens: 1, outputTokens: 3, reasoningTokens: 2 };

describe('the one safe stream', () => {
  const stream = write([
    start,
    { type: 'reasoning', text: 'hm' },
    { type: 'reasoningEnd', signature: { family: 'anthropic', value: 's' }, redacted: false, id: null },
    { type: 'text', text: 'Hi' },
    ...callEvents(0, 'function', '{"a"', ':1}'),
    { type: 'usage', usage },
    finish('toolCalls'),
    end,
  ]);

  it('is written to the letter', () => {
    const head = {
      id: 'chatcmpl-abc',
      object: 'chat.completion.chunk',
      created: 1_700_000_000,
      model: 'asked-model',
    } as const;
    const piece = (delta: object, finish_reason: Chunk['choices'][number]['finish_reason'] = null) =>
      ({ ...head, choices: [{ index: 0, delta, finish_reason }] }) satisfies Chunk;
    const expected = [
      piece({ role: 'assistant', content: '' }),
      piece({ reasoning_content: 'hm' }),
      piece({ content: 'Hi' }),
      piece({
        tool_calls: [{ index: 0, id: 'c0', type: 'function', function: { name: 'f', arguments: '' } }],
      }),
      piece({ tool_calls: [{ index: 0, function: { arguments: '{"a"' } }] }),
      piece({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }),
      piece({}, 'tool_calls'),
      {
        ...head,
        choices: [],
        usage: {
          prompt_tokens: 9,
          completion_tokens: 3,
          total_tokens: 12,
          prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 1 },
          completion_tokens_details: { reasoning_tokens: 2 },
          cache_read_input_tokens: 4,
          cache_creation_input_tokens: 1,
        },
      },
    ];
    expect(chunksOf(stream)).toEqual(expected);
    expect(stream.endsWith('\n\ndata: [DONE]\n\n')).toBe(true);
    expect(stream).not.toMatch(/^(?!data: |$)/m);
  });

  it('gives calls without arguments an empty object, which clients can parse', () => {
    const calls: TurnEvent[] = [
      ...callEvents(0, 'function', ''),
      ...callEvents(1, 'function', '{"a":1}'),
      ...callEvents(2, 'custom'),
    ];
    const deltas = chunksOf(write([start, ...calls, finish('toolCalls'), end])).flatMap(
      ({ choices }) => choices[0]?.delta.tool_calls ?? [],
    );
    const argumentsOf = (at: number) =>
      deltas.flatMap(({ index, function: called }) => (index === at ? [called?.arguments] : [])).join('');
    expect([0, 1, 2].map(argumentsOf)).toEqual(['{}', '{"a":1}', '']);
  });

  it('tells the usage only where it was asked for', () => {
    const events: TurnEvent[] = [start, { type: 'text', text: 'x' }, { type: 'usage', usage }, finish(), end];
    expect(write(events, { wantsUsage: false })).not.toContain('usage');
  });

  it('guesses what was not counted', () => {
    const events: TurnEvent[] = [start, { type: 'text', text: 'x'.repeat(41) }, finish(), end];
    expect(chunksOf(write(events)).at(-1)?.usage).toMatchObject({
      prompt_tokens: 7,
      completion_tokens: 11,
      total_tokens: 18,
    });
  });

  it('takes the last of several counts', () => {
    const more = { ...usage, outputTokens: 30 };
    const events: TurnEvent[] = [{ type: 'usage', usage }, finish(), { type: 'usage', usage: more }, end];
    expect(chunksOf(write(events)).at(-1)?.usage?.completion_tokens).toBe(30);
  });

  it('begins with the role even where nothing announced it, and once', () => {
    const [first, ...rest] = deltas(write([{ type: 'text', text: 'a' }, start, { type: 'text', text: 'b' }]));
    expect(first).toEqual({ role: 'assistant', content: '' });
    expect(rest).toEqual([{ content: 'a' }, { content: 'b' }]);
  });

  it('always has a reason to stop', () => {
    expect(chunksOf(write([start, { type: 'text', text: 'x' }, end])).at(-2)?.choices[0]?.finish_reason).toBe(
      'stop',
    );
    expect(chunksOf(write([start, ...callEvents(0, 'function'), finish('stop'), end])).at(-2)).toMatchObject({
      choices: [{ delta: {}, finish_reason: 'tool_calls' }],
    });
  });

  it.each([
    ['length', 'length'],
    ['contentFilter', 'content_filter'],
    ['toolCalls', 'stop'],
  ] as const)('finish %s without a call is %s', (reason, word) => {
    const [last] = chunksOf(write([start, { type: 'text', text: 'x' }, finish(reason)])).slice(-1);
    expect(last?.choices[0]?.finish_reason).toBe(word);
  });

  it('says nothing empty', () => {
    const empty: TurnEvent[] = [
      { type: 'text', text: '' },
      { type: 'reasoning', text: '' },
      { type: 'refusal', text: '' },
      { type: 'toolArguments', index: 0, text: '' },
    ];
    expect(write(empty)).toBe('');
  });
});

describe('things beyond text', () => {
  it('thoughts that follow each other are paragraphs', () => {
    const thought = (text: string): TurnEvent[] => [
      { type: 'reasoning', text },
      { type: 'reasoningEnd', signature: null, redacted: false, id: null },
    ];
    expect(deltas(write([...thought('a'), ...thought('b')])).slice(1)).toEqual([
      { reasoning_content: 'a' },
      { reasoning_content: '\n\nb' },
    ]);
  });

  it('refusals, pictures and citations', () => {
    const source = { from: 'base64', data: 'AAAA' } as const;
    const image = {
      type: 'media',
      media: 'image',
      mediaType: 'image/webp',
      source,
      name: null,
      detail: null,
    } as const;
    const citation = { url: 'https://x.test', title: null, quote: null, start: null, end: null };
    const stream = write([
      { type: 'text', text: 'four' },
      { type: 'citation', citation },
      { type: 'citation', citation: { ...citation, url: null } },
      { type: 'media', part: image },
      { type: 'refusal', text: 'no' },
    ]);
    expect(deltas(stream).slice(2)).toEqual([
      {
        annotations: [
          {
            type: 'url_citation',
            url_citation: { start_index: 4, end_index: 4, title: 'https://x.test', url: 'https://x.test' },
          },
        ],
      },
      { images: [{ index: 0, type: 'image_url', image_url: { url: 'data:image/webp;base64,AAAA' } }] },
      { refusal: 'no' },
    ]);
  });

  it('parallel calls, and Gemini’s proof of one', () => {
    const signed: TurnEvent = {
      type: 'toolCall',
      index: 1,
      kind: 'function',
      id: 'c1',
      name: 'g',
      signature: { family: 'gemini', value: 'sig' },
    };
    const other: TurnEvent = { ...signed, index: 2, id: 'c2', signature: { family: 'openai', value: 'x' } };
    const pieces = deltas(write([...callEvents(0, 'function', '{}'), signed, other])).flatMap(
      ({ tool_calls }) => tool_calls ?? [],
    );
    expect(pieces.map(({ index, id }) => [index, id])).toEqual([
      [0, 'c0'],
      [0, undefined],
      [1, 'c1'],
      [2, 'c2'],
    ]);
    expect(pieces[2]).toMatchObject({ extra_content: { google: { thought_signature: 'sig' } } });
    expect(pieces[3]).not.toHaveProperty('extra_content');
  });

  it('custom calls', () => {
    expect(deltas(write(callEvents(0, 'custom', 'select 1'))).slice(1)).toEqual([
      { tool_calls: [{ index: 0, id: 'c0', type: 'custom', custom: { name: 'f', input: '' } }] },
      { tool_calls: [{ index: 0, custom: { input: 'select 1' } }] },
    ]);
  });

  it('calls for a client of old', () => {
    const body = { functions: [{ name: 'f' }] };
    const stream = write([...callEvents(0, 'function', '{}'), ...callEvents(1, 'function', '{}'), finish()], {
      body,
    });
    expect(deltas(stream).slice(1)).toEqual([
      { function_call: { name: 'f', arguments: '' } },
      { function_call: { arguments: '{}' } },
      {},
    ]);
    expect(chunksOf(stream).at(-1)?.choices[0]?.finish_reason).toBe('function_call');
  });
});

describe('a stream that can not go on', () => {
  const fault = {
    status: 502,
    message: 'cut',
    type: 'server_error',
    code: 'upstream_error',
    param: null,
    retryAfterMs: null,
  };

  it('says so in-band and ends there', () => {
    const encoder = createChatStreamEncoder(contextOf());
    encoder.push({ type: 'text', text: 'x' });
    expect(encoder.push({ type: 'error', message: 'cut', code: null })).toBe('');
    expect(encoder.fail(fault)).toBe(
      'data: {"error":{"message":"cut","type":"server_error","code":"upstream_error","param":null}}\n\n',
    );
    expect(encoder.push({ type: 'text', text: 'y' }) + encoder.push(end)).toBe('');
  });

  it('is kept alive by a comment that no client takes for the end', () => {
    const beat = createChatStreamEncoder(contextOf()).heartbeat();
    expect(beat).toMatch(/^: [^\n]+\n\n$/);
    expect(beat).not.toContain('ping');
  });
});
