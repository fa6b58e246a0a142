import { describe, expect, it } from 'vitest';
import { CannotHoldError } from '../../../../main/protocol/hub/hubErrors.ts';
import type { FunctionTool, JsonObject, MediaPart, Part, Turn } from '../../../../main/protocol/hub/turn.ts';
import { violations } from './messagesRules.ts';
import { aTurn, encode, holds, says } from './turns.ts';

const call = (id: string, args = '{}'): Part => ({
  type: 'toolCall',
  kind: 'function',
  id,
  name: 'f',
  arguments: args,
});
const result = (callId: string, text = 'done'): Part => ({
  type: 'toolResult',
  callId,
  name: null,
  kind: 'function',
  parts: [{ type: 'text', text }],
  isError: false,
});
const thought = (value: string, family: 'anthropic' | 'gemini' = 'anthropic'): Part => ({
  type: 'reasoning',
  text: 'Hm.',
  signature: { family, value },
});
const media = (changes: Partial<MediaPart>): MediaPart => ({
  type: 'media',
  media: 'image',
  mediaType: 'image/png',
  source: { from: 'base64', data: 'iVBOR' },
  name: null,
  detail: null,
  ...changes,
});
const tool = (schema: JsonObject | null, changes: Partial<FunctionTool> = {}): FunctionTool => ({
  kind: 'function',
  name: 'f',
  description: null,
  schema,
  strict: null,
  ...changes,
});
const object = (properties: JsonObject = {}): JsonObject => ({
  type: 'object',
  properties,
  additionalProperties: false,
});

const messagesOf = (parts: readonly Part[], role: 'user' | 'assistant' = 'user') => {
  const { body } = encode(
    aTurn({ messages: [says('user', 'Hi'), holds(role, ...parts), says('user', 'Go on')] }),
  );
  expect(violations(body)).toEqual([]);
  return body.messages;
};

describe('encodeMessagesRequest: messages', () => {
  it('puts every word of system and developer first, in order, and leaves blank ones out', () => {
    const { body } = encode(
      aTurn({
        messages: [
          says('system', 'One.'),
          says('user', 'Hi'),
          says('developer', 'Two.'),
          says('system', ' \n'),
          says('user', ' '),
        ],
      }),
    );
    expect(body.system).toEqual([
      { type: 'text', text: 'One.' },
      { type: 'text', text: 'Two.' },
    ]);
    expect(body.messages).toEqual([{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }]);
  });

  it('answers all calls of a turn in one message, results first', () => {
    const { body, repairs } = encode(
      aTurn({
        messages: [
          says('user', 'Hi'),
          holds('assistant', call('a'), call('b', '{"x":1}')),
          holds('user', result('a')),
          says('user', 'And?'),
          holds('user', result('b')),
        ],
      }),
    );
    const cache_control = { type: 'ephemeral' };
    expect(body.messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'Hi', cache_control }] },
      {
        role: 'assistant',
        content: [
          { type: 'tool_use', id: 'a', name: 'f', input: {} },
          { type: 'tool_use', id: 'b', name: 'f', input: { x: 1 } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'a', content: 'done' },
          { type: 'tool_result', tool_use_id: 'b', content: 'done' },
          { type: 'text', text: 'And?', cache_control },
        ],
      },
    ]);
    expect(repairs).toEqual(['named the tools of earlier calls', 'marked the prompt for the cache']);
    expect(body.tool_choice).toEqual({ type: 'none' });
  });

  it('mends calls without results, results without calls, and ids that are used again', () => {
    const messages = [
      says('user', 'Hi'),
      holds('assistant', call('functions.f:0')),
      holds('user', result('gone', 'Old news.'), result('functions.f:0', 'first')),
      holds('assistant', call('functions.f:0')),
      holds('user', result('functions.f:0', 'second')),
      holds('assistant', call('x'.repeat(80))),
    ];
    const { body, repairs } = encode(aTurn({ messages }));
    expect(violations(body)).toEqual([]);
    const text = JSON.stringify(body.messages);
    expect(text).toContain('{"type":"tool_result","tool_use_id":"functions_f_0","content":"first"}');
    expect(text).toContain('{"type":"tool_result","tool_use_id":"functions_f_0_2","content":"second"');
    expect(text).toContain('Old news.');
    expect(repairs).toEqual(
      expect.arrayContaining([
        'rewrote ids of tool calls',
        'told results without a call as text',
        'answered tool calls that had no result',
      ]),
    );
    expect(encode(aTurn({ messages })).body).toEqual(body);
  });

  it('begins and ends with the user where the model insists', () => {
    const messages = [
      says('assistant', 'Welcome!'),
      says('user', 'Hi'),
      says('assistant', 'The answer is \n'),
    ];
    expect(encode(aTurn({ messages })).body.messages).toMatchObject([
      { role: 'user' },
      { role: 'assistant' },
      { role: 'user' },
      { role: 'assistant', content: [{ text: 'The answer is' }] },
    ]);
    expect((encode(aTurn({ messages }), 'claude-opus-4-6').body.messages as unknown[]).at(-1)).toEqual({
      role: 'user',
      content: [{ type: 'text', text: 'Continue.' }],
    });
    expect(encode(aTurn({ messages: [says('system', 'Tell a joke.')] })).body.messages).toMatchObject([
      { role: 'user' },
    ]);
  });

  it('sends its own thinking back, and nobody else’s', () => {
    const own: Part = {
      type: 'reasoning',
      text: '',
      redacted: true,
      signature: { family: 'anthropic', value: 'EmwK' },
    };
    const unsigned: Part = { type: 'reasoning', text: 'Loud.' };
    const sent = messagesOf(
      [thought('EqQB'), own, thought('c2ln', 'gemini'), unsigned, { type: 'text', text: 'So.' }],
      'assistant',
    );
    expect(sent).toMatchObject([
      { role: 'user' },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.', signature: 'EqQB' },
          { type: 'redacted_thinking', data: 'EmwK' },
          { type: 'text', text: 'So.' },
        ],
      },
      { role: 'user' },
    ]);
    expect(messagesOf([{ type: 'text', text: 'So.' }, thought('EqQB')], 'assistant')).toMatchObject([
      {},
      { content: [{ type: 'text' }] },
      {},
    ]);
  });

  it('shows images and documents as they may be shown', () => {
    const text = Buffer.from('a,b\n1,2').toString('base64');
    expect(
      messagesOf([
        media({}),
        media({ mediaType: 'image/jpg' }),
        media({ mediaType: null, source: { from: 'base64', data: '/9j/4AAQ' } }),
        media({ source: { from: 'url', url: 'https://x.example/a.png' }, mediaType: null }),
        media({ source: { from: 'url', url: 'data:image/gif;base64,R0lGOD' } }),
        media({
          media: 'file',
          mediaType: 'application/pdf',
          source: { from: 'base64', data: 'JVBERi' },
          name: 'a.pdf',
        }),
        media({ media: 'file', mediaType: null, source: { from: 'base64', data: 'JVBERi' } }),
        media({ media: 'file', mediaType: 'text/csv', source: { from: 'base64', data: text } }),
        media({ media: 'file', source: { from: 'text', text: 'Words.' } }),
        media({ media: 'file', source: { from: 'file', id: 'file_1' } }),
      ]),
    ).toMatchObject([
      {
        content: [
          { type: 'text' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png' } },
          { type: 'image', source: { media_type: 'image/jpeg' } },
          { type: 'image', source: { media_type: 'image/jpeg' } },
          { type: 'image', source: { type: 'url', url: 'https://x.example/a.png' } },
          { type: 'image', source: { media_type: 'image/gif', data: 'R0lGOD' } },
          { type: 'document', title: 'a.pdf', source: { type: 'base64', media_type: 'application/pdf' } },
          { type: 'document', source: { media_type: 'application/pdf' } },
          { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'a,b\n1,2' } },
          { type: 'document', source: { type: 'text', data: 'Words.' } },
          { type: 'document', source: { type: 'file', file_id: 'file_1' } },
          { type: 'text' },
        ],
      },
    ]);
  });

  it.each([
    ['audio', media({ media: 'audio', mediaType: 'audio/wav' })],
    ['video', media({ media: 'video', mediaType: 'video/mp4' })],
    ['svg', media({ mediaType: 'image/svg+xml' })],
    ['a zip', media({ media: 'file', mediaType: 'application/zip' })],
    ['a foreign file', media({ media: 'file', source: { from: 'file', id: 'file-abc' } })],
    ['a foreign URL', media({ source: { from: 'url', url: 'gs://bucket/a.png' } })],
  ])('refuses %s in clear words', (_, part) => {
    expect(() => messagesOf([part])).toThrow(CannotHoldError);
  });
});

describe('encodeMessagesRequest: tools', () => {
  it('gives every tool an object to fill', () => {
    const branch = { anyOf: [object({ a: { type: 'string' } }), object({ b: { type: 'number' } })] };
    const { body, repairs } = encode(
      aTurn({ tools: [tool(null), tool(object({ a: {} })), tool(branch), tool({ properties: {} })] }),
    );
    expect(violations(body)).toEqual([]);
    expect(body.tools).toMatchObject([
      { name: 'f', input_schema: { type: 'object', properties: {} } },
      { input_schema: { properties: { a: {} } } },
      { input_schema: { properties: { a: { type: 'string' }, b: { type: 'number' } } } },
      {},
    ]);
    expect(repairs).toEqual(['made an object of tool schemas']);
  });

  it('keeps strict where the model holds to it', () => {
    const strict = aTurn({
      tools: [tool(object({ a: { type: 'string', minLength: 2 } }), { strict: true })],
    });
    expect(encode(strict).body.tools).toMatchObject([
      { strict: true, input_schema: { properties: { a: { type: 'string', description: 'minLength: 2' } } } },
    ]);
    const older = encode(strict, 'claude-sonnet-4-0');
    expect(older.dropped).toEqual(['strict']);
    expect(older.body.tools).toMatchObject([{ input_schema: { properties: { a: { minLength: 2 } } } }]);
  });

  it.each([
    [{ type: 'auto' }, null, { type: 'auto' }],
    [{ type: 'none' }, false, { type: 'none' }],
    [{ type: 'required' }, false, { type: 'any', disable_parallel_tool_use: true }],
    [{ type: 'tool', name: 'f' }, null, { type: 'tool', name: 'f' }],
    [null, false, { type: 'auto', disable_parallel_tool_use: true }],
    [null, true, undefined],
    [{ type: 'allowed', names: ['f'], required: true }, null, { type: 'any' }],
  ] as const)('translates the choice %j (parallel: %s)', (toolChoice, parallelToolCalls, expected) => {
    const { body } = encode(
      aTurn({ tools: [tool(null), tool(null, { name: 'g' })], toolChoice, parallelToolCalls }),
    );
    expect(body.tool_choice).toEqual(expected);
    expect(body.tools).toHaveLength(toolChoice?.type === 'allowed' ? 1 : 2);
  });

  it('asks in words where a model can’t be forced', () => {
    const turn = aTurn({ tools: [tool(null)], toolChoice: { type: 'tool', name: 'f' } });
    const { body, repairs } = encode(turn, 'claude-opus-5-5');
    expect(body).toMatchObject({
      tool_choice: { type: 'auto' },
      system: [{ text: 'Answer by calling the tool "f".' }],
    });
    expect(repairs).toEqual(['asked for the tool call in words']);
  });

  it('names hosted tools it leaves out, and refuses where one is insisted on', () => {
    const tools = [tool(null), { kind: 'hosted' as const, type: 'web_search', name: null }];
    expect(encode(aTurn({ tools })).dropped).toEqual(['web_search']);
    expect(() => encode(aTurn({ tools: tools.slice(1), toolChoice: { type: 'required' } }))).toThrow(
      CannotHoldError,
    );
  });
});

describe('encodeMessagesRequest: cache marks', () => {
  const marksIn = (given: unknown): number => JSON.stringify(given).split('cache_control').length - 1;
  const long = [says('system', 'Rules'), says('user', 'a'), says('assistant', 'b'), says('user', 'c')];

  it.each<[string, Partial<Turn>]>([
    ['prompt_cache_key', { cacheKey: 'session-1' }],
    [
      'tools at work',
      { messages: [...long.slice(0, 2), holds('assistant', call('x')), holds('user', result('x'))] },
    ],
  ])('come by themselves where the client has no word for them: %s', (_, given) => {
    const { body, dropped, repairs } = encode(aTurn({ messages: long, tools: [tool(null)], ...given }));
    expect([body.tools, body.system, body.messages].map(marksIn)).toEqual([0, 1, 2]);
    const messages = body.messages as { role: string; content: object[] }[];
    for (const { role, content } of messages)
      expect('cache_control' in (content.at(-1) ?? {})).toBe(role === 'user');
    expect(dropped).toEqual([]);
    expect(repairs).toContain('marked the prompt for the cache');
  });

  it('stand on the tools where there is no system prompt, and nowhere in a plain question', () => {
    const messages = [says('user', 'a')];
    const { body } = encode(aTurn({ messages, tools: [tool(null), tool(null)], cacheKey: 'k' }));
    expect((body.tools as object[]).map(marksIn)).toEqual([0, 1]);
    expect(marksIn(encode(aTurn({ messages: long, tools: [tool(null)] })).body)).toBe(0);
  });

  it('keeps the last four, and none of an hour behind a shorter one', () => {
    const marked = (text: string, ttl: '5m' | '1h' | null): Part => ({ type: 'text', text, cache: { ttl } });
    const { body, repairs } = encode(
      aTurn({
        tools: [tool(null, { cache: { ttl: '1h' } })],
        messages: [
          holds('system', marked('a', '1h')),
          holds('user', marked('b', '1h'), marked('c', null), marked('d', '1h')),
        ],
      }),
    );
    expect(violations(body)).toEqual([]);
    expect(JSON.stringify(body.tools)).not.toContain('cache_control');
    expect(body.system).toMatchObject([{ cache_control: { type: 'ephemeral', ttl: '1h' } }]);
    expect(body.messages).toMatchObject([
      {
        content: [
          { cache_control: { ttl: '1h' } },
          { cache_control: { type: 'ephemeral' } },
          { cache_control: { type: 'ephemeral' } },
        ],
      },
    ]);
    expect(repairs).toEqual(['left out 1 of 5 cache marks', 'shortened a cache mark behind a shorter one']);
  });
});
