import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { encodeChatRequest } from '../../../../main/protocol/chat/encodeChatRequest.ts';
import { CannotHoldError } from '../../../../main/protocol/hub/hubErrors.ts';
import type { MediaPart, Message, Turn } from '../../../../main/protocol/hub/turn.ts';
import { called, functionTool, turnOf } from './turnOf.ts';

const encode = (given: Partial<Turn>, model = 'llama') => encodeChatRequest(turnOf(given), { model });
const bodyOf = (given: Partial<Turn>, model?: string) =>
  encode(given, model).body as unknown as OpenAI.ChatCompletionCreateParams & Record<string, unknown>;
const messagesOf = (messages: readonly Message[], model?: string) => bodyOf({ messages }, model).messages;

const text = (words: string) => ({ type: 'text', text: words }) as const;
const media = (given: Partial<MediaPart>): MediaPart => ({
  type: 'media',
  media: 'image',
  mediaType: 'image/png',
  source: { from: 'base64', data: 'AAAA' },
  name: null,
  detail: null,
  ...given,
});
const png = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };

describe('messages', () => {
  it('are plain text where there is but text', () => {
    const parts = [{ ...text('a'), cache: { ttl: null } }, text('b')];
    expect(
      messagesOf([
        { role: 'system', parts },
        { role: 'user', parts, name: 'ann' },
        { role: 'assistant', parts },
        { role: 'user', parts: [] },
      ]),
    ).toEqual([
      { role: 'system', content: 'a\n\nb' },
      { role: 'user', content: 'a\n\nb', name: 'ann' },
      { role: 'assistant', content: 'ab' },
      { role: 'user', content: '' },
    ]);
  });

  it('have null content only beside calls', () => {
    const [look] = called('c', []);
    expect(messagesOf([look, { role: 'assistant', parts: [] }])[0]).toMatchObject({
      content: null,
      tool_calls: [{ id: 'c', type: 'function', function: { arguments: '{"a":1}' } }],
    });
    expect(messagesOf([{ role: 'assistant', parts: [] }])).toEqual([{ role: 'assistant', content: '' }]);
  });

  it('bring results right behind their calls, and their images into a user message', () => {
    const [look, result] = called('c', [text('seen'), media({})]);
    const mixed: Message = { role: 'user', parts: [text('And this?'), ...result.parts] };
    expect(messagesOf([look, mixed]).slice(1)).toEqual([
      { role: 'tool', tool_call_id: 'c', content: 'seen' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'From the result of look:' },
          png,
          { type: 'text', text: 'And this?' },
        ],
      },
    ]);
  });

  it('gather the calls of one answer, however they were told', () => {
    const [lookA, resultA] = called('a', [text('1')]);
    const [lookB, resultB] = called('b', [text('2')]);
    const thought: Message = { role: 'assistant', parts: [{ type: 'reasoning', text: 'hm' }] };
    const list = messagesOf([thought, lookA, lookB, resultA, { role: 'user', parts: [text('x')] }, resultB]);
    expect(list.map(({ role }) => role)).toEqual(['assistant', 'tool', 'tool', 'user']);
    expect(list[0]).toMatchObject({ reasoning_content: 'hm', tool_calls: [{ id: 'a' }, { id: 'b' }] });
  });

  it('say in words that a call failed', () => {
    const [look, { parts }] = called('c', [text('no such file')]);
    const failed: Message = { role: 'user', parts: [{ ...parts[0], isError: true }] };
    expect(messagesOf([look, failed])[1]).toMatchObject({ content: 'Error: no such file' });
  });

  it('keep what an assistant showed, in a user message', () => {
    expect(messagesOf([{ role: 'assistant', parts: [text('Here'), media({})] }])).toEqual([
      { role: 'assistant', content: 'Here' },
      { role: 'user', content: [{ type: 'text', text: "From the assistant's answer:" }, png] },
    ]);
  });

  it('keep Gemini’s proofs and leave out those of others', () => {
    const [look] = called('c', []);
    const signed = (family: 'gemini' | 'openai'): Message => ({
      role: 'assistant',
      parts: [{ ...look.parts[0], signature: { family, value: 'sig' } }],
    });
    const extra = { extra_content: { google: { thought_signature: 'sig' } } };
    expect(messagesOf([signed('gemini')], 'gemini-3-pro')[0]).toMatchObject({ tool_calls: [extra] });
    for (const [family, model] of [
      ['openai', 'gemini-3-pro'],
      ['gemini', 'gpt-4o'],
    ] as const)
      expect(JSON.stringify(messagesOf([signed(family)], model))).not.toContain('sig');
  });

  it('send thoughts back, but not to OpenAI, which has no field for them', () => {
    const parts = [{ type: 'reasoning', text: 'hm' }, text('a')] as const;
    const message: Message = { role: 'assistant', parts };
    expect(messagesOf([message], 'deepseek-reasoner')[0]).toMatchObject({ reasoning_content: 'hm' });
    expect(messagesOf([message], 'openai/gpt-5')[0]).toEqual({ role: 'assistant', content: 'a' });
  });

  it('shorten ids that OpenAI would refuse, the same for call and result', () => {
    const long = `call_${'x'.repeat(80)}`;
    const [assistant, tool] = messagesOf(called(long, [text('1')]));
    const id = (assistant as OpenAI.ChatCompletionAssistantMessageParam).tool_calls?.[0]?.id;
    expect(id).toHaveLength(40);
    expect((tool as OpenAI.ChatCompletionToolMessageParam).tool_call_id).toBe(id);
  });

  it.each([
    [media({ detail: 'high' }), { type: 'image_url', image_url: { ...png.image_url, detail: 'high' } }],
    [
      media({ source: { from: 'url', url: 'https://x.test/a.png' } }),
      { type: 'image_url', image_url: { url: 'https://x.test/a.png' } },
    ],
    [
      media({ media: 'audio', mediaType: 'audio/mpeg' }),
      { type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } },
    ],
    [
      media({ media: 'file', mediaType: 'application/pdf', name: 'a.pdf' }),
      { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' } },
    ],
    [
      media({ media: 'file', source: { from: 'file', id: 'file-1' } }),
      { type: 'file', file: { file_id: 'file-1' } },
    ],
  ])('%j', (part, expected) => {
    expect(messagesOf([{ role: 'user', parts: [part] }])).toEqual([{ role: 'user', content: [expected] }]);
  });

  it.each([
    media({ media: 'file', mediaType: 'text/plain', name: 'a.txt', source: { from: 'text', text: 'Grüße' } }),
    media({
      media: 'file',
      mediaType: 'text/plain',
      name: 'a.txt',
      source: { from: 'base64', data: 'R3LDvMOfZQ==' },
    }),
  ])('inline text documents: $source.from', (part) => {
    expect(messagesOf([{ role: 'user', parts: [part] }])).toEqual([
      { role: 'user', content: 'a.txt:\n\nGrüße' },
    ]);
  });

  it.each([
    media({ source: { from: 'file', id: 'file_011' } }),
    media({ media: 'file', source: { from: 'file', id: 'files/abc' } }),
    media({ media: 'file', source: { from: 'url', url: 'https://x.test/a.pdf' } }),
    media({ media: 'audio', source: { from: 'url', url: 'https://x.test/a.mp3' } }),
  ])('refuse what this upstream can not reach: $media from $source.from', (part) => {
    expect(() => messagesOf([{ role: 'user', parts: [part] }])).toThrow(CannotHoldError);
  });
});

describe('options', () => {
  const sampling = { ...turnOf().sampling, temperature: 0.2, topP: 0.9, topK: 5, seed: 1 };

  it('are spelled as most servers take them', () => {
    const { body, dropped } = encode({ sampling, maxTokens: 10, stop: ['x'], stream: true, user: 'u' });
    expect(body).toEqual({
      model: 'llama',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 10,
      temperature: 0.2,
      top_p: 0.9,
      seed: 1,
      stop: ['x'],
      user: 'u',
    });
    expect(dropped).toEqual(['top_k']);
  });

  it('are refused where several answers are wanted', () => {
    expect(() => encode({ sampling: { ...sampling, candidates: 2 } })).toThrow(CannotHoldError);
    expect(encode({ sampling: { ...sampling, candidates: 1 } }).dropped).toEqual(['top_k']);
  });

  it.each([
    ['gpt-4.1', ['1', '2', '3', '4'], ['stop']],
    ['gpt-5.2', undefined, ['stop']],
    ['llama', ['1', '2', '3', '4', '5'], []],
  ])('hold as many stop sequences as %s takes', (model, stop, dropped) => {
    const encoded = encodeChatRequest(turnOf({ stop: ['1', '2', '3', '4', '5'] }), { model });
    expect(encoded.body.stop).toEqual(stop);
    expect(encoded.dropped).toEqual(dropped);
  });

  it.each(['o3-mini', 'gpt-5', 'openai/gpt-5.2', 'gpt-6', 'ft:o4-mini:x'])('of the reasoner %s', (model) => {
    const { body, dropped } = encode({ sampling, maxTokens: 10 }, model);
    expect(body).toMatchObject({ max_completion_tokens: 10, seed: 1 });
    expect(body).not.toHaveProperty('max_tokens');
    expect(body).not.toHaveProperty('temperature');
    expect(dropped).toEqual(expect.arrayContaining(['temperature', 'top_p']));
    expect(encode({ sampling: { ...turnOf().sampling, temperature: 1 } }, model).dropped).toEqual([]);
  });

  it.each(['gpt-4o', 'gpt-35-turbo', 'gpt-oss-120b', 'gpt-5-chat-latest', 'qwen3', 'olmo-2'])(
    'of %s, which is none',
    (model) => {
      expect(encode({ sampling, maxTokens: 10 }, model).body).toMatchObject({
        max_tokens: 10,
        temperature: 0.2,
      });
    },
  );

  const wish = { effort: null, budgetTokens: null, adaptive: false, visible: null };
  it.each([
    [{ ...wish, effort: 'max' as const }, 'max'],
    [{ ...wish, budgetTokens: 10_000 }, 'medium'],
    [{ ...wish, adaptive: true }, undefined],
  ])('effort of %j', (reasoning, effort) => {
    expect(bodyOf({ reasoning }).reasoning_effort).toBe(effort);
  });

  it('leave effort out where OpenAI would refuse it', () => {
    const { body, dropped } = encode({ reasoning: { ...wish, effort: 'high' } }, 'gpt-4o');
    expect(body).not.toHaveProperty('reasoning_effort');
    expect(dropped).toEqual(['reasoning_effort']);
  });

  it('send OpenAI’s own options to OpenAI’s models alone', () => {
    const given = { cacheKey: 'k', verbosity: 'low', serviceTier: 'flex' };
    expect(encode(given, 'gpt-5').body).toMatchObject({
      prompt_cache_key: 'k',
      verbosity: 'low',
      service_tier: 'flex',
    });
    const { body, dropped } = encode({ ...given, serviceTier: 'standard_only' }, 'mistral-large');
    expect(Object.keys(body)).toEqual(['model', 'messages']);
    expect(dropped).toEqual(['verbosity', 'service_tier']);
  });

  it('shorten a user name that OpenAI would refuse', () => {
    const [one, two] = ['a', 'b'].map((end) => bodyOf({ user: 'u'.repeat(64) + end }).user as string);
    expect(one?.length).toBeLessThanOrEqual(64);
    expect(one).not.toBe(two);
  });

  it('ask for JSON in words where no word does', () => {
    const { body, repairs } = encode({ output: { type: 'json' } });
    expect(body).toMatchObject({
      response_format: { type: 'json_object' },
      messages: [{ role: 'system', content: expect.stringContaining('JSON') }, { role: 'user' }],
    });
    expect(repairs).toHaveLength(1);
    const asks: Message = { role: 'user', parts: [text('As json, please')] };
    expect(encode({ output: { type: 'json' }, messages: [asks] }).repairs).toEqual([]);
  });

  it('name a schema as OpenAI allows', () => {
    const output = { type: 'schema', name: 'my out!', description: 'd', schema: {}, strict: true } as const;
    expect(bodyOf({ output }).response_format).toEqual({
      type: 'json_schema',
      json_schema: { name: 'my_out_', description: 'd', schema: {}, strict: true },
    });
  });
});

describe('tools', () => {
  const tools = [functionTool('f'), functionTool('g')];
  const search = { kind: 'hosted', type: 'web_search', name: null } as const;

  it('always have a schema', () => {
    expect(bodyOf({ tools: [{ ...functionTool('f'), schema: null, strict: true }] }).tools).toEqual([
      {
        type: 'function',
        function: { name: 'f', parameters: { type: 'object', properties: {} }, strict: true },
      },
    ]);
  });

  it.each([
    [{ type: 'required' }, 'required'],
    [{ type: 'none' }, 'none'],
    [
      { type: 'tool', name: 'g' },
      { type: 'function', function: { name: 'g' } },
    ],
  ] as const)('choice %j', (toolChoice, expected) => {
    expect(bodyOf({ tools, toolChoice }).tool_choice).toEqual(expected);
  });

  it('are those that are allowed', () => {
    const body = bodyOf({ tools, toolChoice: { type: 'allowed', names: ['g'], required: true } });
    expect(body).toMatchObject({ tool_choice: 'required', tools: [{ function: { name: 'g' } }] });
    expect(body.tools).toHaveLength(1);
  });

  it('of the upstream itself are left out and named, or refused', () => {
    const { body, dropped } = encode({ tools: [...tools, search] });
    expect(body.tools).toHaveLength(2);
    expect(dropped).toEqual(['web_search']);
    const forced = { type: 'allowed', names: ['web_search'], required: true } as const;
    expect(() => encode({ tools: [...tools, search], toolChoice: forced })).toThrow(CannotHoldError);
  });

  it('leave nothing behind where there are none', () => {
    const body = bodyOf({ toolChoice: { type: 'auto' }, parallelToolCalls: false });
    expect(Object.keys(body)).toEqual(['model', 'messages']);
    expect(bodyOf({ tools, parallelToolCalls: false }).parallel_tool_calls).toBe(false);
    expect(bodyOf({ tools, parallelToolCalls: true })).not.toHaveProperty('parallel_tool_calls');
  });
});
