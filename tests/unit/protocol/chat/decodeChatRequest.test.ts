import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../../../main/base/gatewayError.ts';
import { decodeChatRequest } from '../../../../main/protocol/chat/decodeChatRequest.ts';
import { flattenCustomTools } from '../../../../main/protocol/hub/customTools.ts';
import type { JsonObject, Message } from '../../../../main/protocol/hub/turn.ts';

const from = { model: 'm', stream: false };
const user = { role: 'user', content: 'Hi' };
const decode = (body: object) =>
  decodeChatRequest({ model: 'm', messages: [user], ...body } as unknown as JsonObject, from);
const messages = (...list: unknown[]): readonly Message[] => decode({ messages: list }).messages;

function refusal(body: object): GatewayError {
  try {
    decode(body);
  } catch (error) {
    if (error instanceof GatewayError) return error;
  }
  throw new Error('it was not refused');
}

const weather = {
  type: 'function',
  function: { name: 'weather', description: 'Tells it.', parameters: { type: 'object' }, strict: true },
} as const;

describe('a whole request of the official types', () => {
  const body = {
    model: 'gpt-5',
    stream: true,
    stream_options: { include_usage: true },
    messages: [
      { role: 'developer', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'Look.' }], name: 'ann' },
    ],
    tools: [weather],
    tool_choice: { type: 'function', function: { name: 'weather' } },
    parallel_tool_calls: false,
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'out', schema: { type: 'object' }, strict: true },
    },
    temperature: 0.5,
    top_p: 0.9,
    presence_penalty: 0.1,
    frequency_penalty: 0.2,
    seed: 7,
    logprobs: true,
    top_logprobs: 3,
    logit_bias: { '50256': -100 },
    n: 2,
    max_completion_tokens: 100,
    max_tokens: 50,
    stop: ['a', 'b'],
    reasoning_effort: 'xhigh',
    user: 'u',
    prompt_cache_key: 'k',
    verbosity: 'low',
    service_tier: 'flex',
    store: true,
    metadata: { a: 'b' },
    prediction: { type: 'content', content: 'x' },
    modalities: ['text'],
    web_search_options: {},
  } satisfies OpenAI.ChatCompletionCreateParams;

  it('is read whole', () => {
    expect(decode(body)).toEqual({
      model: 'm',
      stream: true,
      messages: [
        { role: 'developer', parts: [{ type: 'text', text: 'Be brief.' }] },
        { role: 'user', parts: [{ type: 'text', text: 'Look.' }], name: 'ann' },
      ],
      tools: [
        {
          kind: 'function',
          name: 'weather',
          description: 'Tells it.',
          schema: { type: 'object' },
          strict: true,
        },
      ],
      toolChoice: { type: 'tool', name: 'weather' },
      parallelToolCalls: false,
      output: { type: 'schema', name: 'out', description: null, schema: { type: 'object' }, strict: true },
      reasoning: { effort: 'xhigh', budgetTokens: null, adaptive: false, visible: null },
      sampling: {
        temperature: 0.5,
        topP: 0.9,
        topK: null,
        presencePenalty: 0.1,
        frequencyPenalty: 0.2,
        seed: 7,
        logprobs: true,
        topLogprobs: 3,
        logitBias: { '50256': -100 },
        candidates: 2,
      },
      maxTokens: 100,
      stop: ['a', 'b'],
      user: 'u',
      cacheKey: 'k',
      verbosity: 'low',
      serviceTier: 'flex',
      dropped: ['store', 'metadata', 'prediction', 'web_search_options'],
      clientNames: new Map([['max_tokens', 'max_completion_tokens']]),
    });
  });

  it('names only what was asked for', () => {
    const quiet = { store: false, metadata: {}, audio: null, modalities: [], min_p: 0.1, unheard_of: 1 };
    expect(decode(quiet).dropped).toEqual(['min_p', 'unheard_of']);
  });
});

describe('content', () => {
  const parts = (content: unknown) => messages({ role: 'user', content })[0]?.parts;

  it('takes every kind of part, with its cache mark', () => {
    expect(
      parts([
        { type: 'text', text: 'a', cache_control: { type: 'ephemeral', ttl: '1h' } },
        { type: 'image_url', image_url: { url: 'data:image/webp;base64,AAAA', detail: 'low' } },
        {
          type: 'image_url',
          image_url: 'https://x.test/a.png',
          prompt_cache_breakpoint: { mode: 'explicit' },
        },
        { type: 'input_audio', input_audio: { data: 'BBBB', format: 'mp3' } },
        { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,CCCC' } },
        { type: 'file', file: { filename: 'a.md', file_data: 'CCCC' } },
        { type: 'file', file: { file_id: 'file-1' } },
        { type: 'video_url', video_url: { url: 'https://x.test/a.mp4' } },
      ]),
    ).toMatchObject([
      { type: 'text', text: 'a', cache: { ttl: '1h' } },
      { media: 'image', mediaType: 'image/webp', source: { from: 'base64', data: 'AAAA' }, detail: 'low' },
      {
        media: 'image',
        mediaType: null,
        source: { from: 'url', url: 'https://x.test/a.png' },
        cache: { ttl: null },
      },
      { media: 'audio', mediaType: 'audio/mpeg', source: { from: 'base64', data: 'BBBB' } },
      { media: 'file', mediaType: 'application/pdf', source: { data: 'CCCC' }, name: 'a.pdf' },
      { media: 'file', mediaType: 'text/markdown', source: { data: 'CCCC' } },
      { media: 'file', mediaType: null, source: { from: 'file', id: 'file-1' } },
      { media: 'video', source: { url: 'https://x.test/a.mp4' } },
    ]);
  });

  it.each([[''], [null], [undefined], [[]]])('%j is nothing', (content) => {
    expect(parts(content)).toEqual([]);
  });

  it('puts a mark of the message on its last part', () => {
    const [message] = messages({ role: 'user', content: 'a', cache_control: { type: 'ephemeral' } });
    expect(message?.parts).toEqual([{ type: 'text', text: 'a', cache: { ttl: null } }]);
  });
});

describe('assistant messages', () => {
  const call = (id: string, more = {}) => ({
    id,
    type: 'function',
    function: { name: 'f', arguments: '{"a":1}' },
    ...more,
  });

  it.each([[null], [''], [undefined]])('take %j for content beside calls', (content) => {
    const [, message] = messages(user, { role: 'assistant', content, tool_calls: [call('c1')] });
    expect(message?.parts).toEqual([
      { type: 'toolCall', kind: 'function', id: 'c1', name: 'f', arguments: '{"a":1}' },
    ]);
  });

  it('keep reasoning first, then text, refusal and calls', () => {
    const [message] = messages({
      role: 'assistant',
      content: 'text',
      refusal: 'no',
      reasoning_content: 'thought',
      tool_calls: [call('c1', { extra_content: { google: { thought_signature: 'sig' } } })],
    });
    expect(message?.parts.map(({ type }) => type)).toEqual(['reasoning', 'text', 'refusal', 'toolCall']);
    expect(message?.parts.at(-1)).toMatchObject({ signature: { family: 'gemini', value: 'sig' } });
  });

  it.each([
    [{ reasoning: 'r' }, [{ type: 'reasoning', text: 'r' }]],
    [{ reasoning: 'r', reasoning_content: 'c' }, [{ type: 'reasoning', text: 'c' }]],
    [
      { reasoning: 'r', reasoning_details: [{ type: 'reasoning.text', text: 'd', signature: 's' }] },
      [{ type: 'reasoning', text: 'd', signature: { family: 'anthropic', value: 's' } }],
    ],
    [
      {
        reasoning_details: [
          { type: 'reasoning.encrypted', data: 'e', id: 'rs', format: 'openai-responses-v1' },
        ],
      },
      [{ type: 'reasoning', text: '', signature: { family: 'openai', value: 'e' }, id: 'rs' }],
    ],
    [
      { reasoning_details: [{ type: 'reasoning.encrypted', data: 'e', format: 'anthropic-claude-v1' }] },
      [{ type: 'reasoning', text: '', signature: { family: 'anthropic', value: 'e' }, redacted: true }],
    ],
    [
      { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'm' }] }] },
      [{ type: 'reasoning', text: 'm' }],
    ],
  ])('read the thoughts in %j', (fields, parts) => {
    expect(messages({ role: 'assistant', ...fields })[0]?.parts).toEqual(parts);
  });

  it('take arguments that are an object or nothing', () => {
    const [message] = messages({
      role: 'assistant',
      tool_calls: [
        { id: 'a', function: { name: 'f', arguments: { x: 1 } } },
        { id: 'b', function: { name: 'f' } },
      ],
    });
    expect(message?.parts).toMatchObject([{ arguments: '{"x":1}' }, { arguments: '{}' }]);
  });

  it('gather the results of one answer in one user message', () => {
    const list = messages(
      { role: 'assistant', content: null, tool_calls: [call('a'), call('b')] },
      { role: 'tool', tool_call_id: 'a', content: 'one' },
      { role: 'tool', tool_call_id: 'b', content: [{ type: 'text', text: 'two' }], name: 'f' },
      user,
    );
    expect(list.map(({ role }) => role)).toEqual(['assistant', 'user', 'user']);
    expect(list[1]?.parts).toMatchObject([
      { type: 'toolResult', callId: 'a', name: null, parts: [{ text: 'one' }], isError: false },
      { type: 'toolResult', callId: 'b', name: 'f', parts: [{ text: 'two' }] },
    ]);
  });

  it('tell custom calls and their results', () => {
    const list = messages(
      {
        role: 'assistant',
        tool_calls: [{ id: 'c', type: 'custom', custom: { name: 'sql', input: 'select' } }],
      },
      { role: 'tool', tool_call_id: 'c', content: '1' },
    );
    expect(list[0]?.parts).toMatchObject([{ kind: 'custom', name: 'sql', arguments: 'select' }]);
    expect(list[1]?.parts).toMatchObject([{ kind: 'custom', callId: 'c' }]);
  });

  it('match legacy functions with their results', () => {
    const list = messages(
      { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' } },
      { role: 'function', name: 'f', content: 'one' },
      { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' } },
      { role: 'function', name: 'f', content: 'two' },
    );
    const ids = list.flatMap(({ parts }) =>
      parts.map((part) =>
        part.type === 'toolCall' ? part.id : part.type === 'toolResult' ? part.callId : '',
      ),
    );
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).toBe(ids[3]);
    expect(ids[0]).not.toBe(ids[2]);
  });
});

describe('tools', () => {
  it('take flat, legacy, custom and hosted ones', () => {
    const flat = { type: 'function', name: 'f', parameters: { type: 'object' } };
    expect(decode({ tools: [flat] }).tools).toMatchObject([{ kind: 'function', name: 'f' }]);
    expect(decode({ functions: [{ name: 'old' }] }).tools).toMatchObject([{ name: 'old', schema: null }]);
    expect(decode({ tools: [{ ...weather, cache_control: { type: 'ephemeral' } }] }).tools).toMatchObject([
      { cache: { ttl: null } },
    ]);
    expect(decode({ tools: [{ type: 'web_search_preview' }] }).tools).toEqual([
      { kind: 'hosted', type: 'web_search_preview', name: null },
    ]);
    expect(
      decode({ tools: [{ type: 'builtin_function', function: { name: '$web_search' } }] }).tools,
    ).toEqual([{ kind: 'hosted', type: 'builtin_function', name: '$web_search' }]);
  });

  it('tell the grammar of a custom tool where the hub looks for it', () => {
    const format = { type: 'grammar', grammar: { definition: 'start: "x"', syntax: 'lark' } };
    const turn = decode({ tools: [{ type: 'custom', custom: { name: 'g', format } }] });
    expect(turn.tools).toMatchObject([
      { kind: 'custom', name: 'g', format: { type: 'grammar', definition: 'start: "x"', syntax: 'lark' } },
    ]);
    expect(flattenCustomTools(turn).tools[0]).toMatchObject({
      description: expect.stringContaining('start: "x"'),
    });
  });

  it.each([
    ['none', { type: 'none' }],
    ['any', { type: 'required' }],
    [{ type: 'auto' }, { type: 'auto' }],
    [
      { type: 'custom', custom: { name: 'x' } },
      { type: 'tool', name: 'x' },
    ],
    [
      { type: 'function', name: 'x' },
      { type: 'tool', name: 'x' },
    ],
    [{ type: 'web_search' }, { type: 'tool', name: 'web_search' }],
    [
      {
        type: 'allowed_tools',
        allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'x' } }] },
      },
      { type: 'allowed', names: ['x'], required: true },
    ],
  ])('choice %j', (tool_choice, expected) => {
    expect(decode({ tool_choice }).toolChoice).toEqual(expected);
  });

  it('reads function_call as the choice', () => {
    expect(decode({ function_call: { name: 'f' } }).toolChoice).toEqual({ type: 'tool', name: 'f' });
  });
});

describe('reasoning', () => {
  const wish = (body: object) => decode(body).reasoning;
  const asked = (given: object) => ({
    effort: null,
    budgetTokens: null,
    adaptive: false,
    visible: null,
    ...given,
  });

  it.each([
    [{ reasoning_effort: 'minimal' }, asked({ effort: 'minimal' })],
    [{ reasoning: { effort: 'high', exclude: true } }, asked({ effort: 'high', visible: false })],
    [{ reasoning: { max_tokens: 2000 } }, asked({ budgetTokens: 2000 })],
    [{ reasoning: { enabled: true } }, asked({ adaptive: true })],
    [{ reasoning: { enabled: false } }, asked({ effort: 'none' })],
    [{ enable_thinking: false, thinking_budget: 100 }, asked({ effort: 'none' })],
    [{ enable_thinking: true, thinking_budget: 100 }, asked({ budgetTokens: 100 })],
    [{ thinking: { type: 'enabled', budget_tokens: 500 } }, asked({ budgetTokens: 500 })],
    [{ thinking: { type: 'enabled' } }, asked({ adaptive: true })],
    [{ thinking: { type: 'disabled' } }, asked({ effort: 'none' })],
    [{ chat_template_kwargs: { enable_thinking: false } }, asked({ effort: 'none' })],
    [
      { extra_body: { google: { thinking_config: { thinking_budget: -1, include_thoughts: true } } } },
      asked({ budgetTokens: -1, visible: true }),
    ],
    [{ reasoning_effort: null, reasoning: null, thinking: {} }, null],
    [{ reasoning_effort: 'enormous' }, null],
  ])('%j', (body, expected) => {
    expect(wish(body)).toEqual(expected);
  });
});

describe('output', () => {
  it.each([
    [{ type: 'text' }, null],
    [{ type: 'json_object' }, { type: 'json' }],
    [{ type: 'json_schema', json_schema: { name: 'x' } }, { type: 'json' }],
  ])('%j', (response_format, expected) => {
    expect(decode({ response_format }).output).toEqual(expected);
  });
});

describe('what is wrong is named', () => {
  it.each([
    [{ messages: undefined }, 'messages'],
    [{ messages: [] }, 'messages'],
    [{ messages: 'Hi' }, 'messages'],
    [{ messages: [user, { role: 'robot', content: 'x' }] }, 'messages[1].role'],
    [{ messages: [{ role: 'user', content: 5 }] }, 'messages[0].content'],
    [{ messages: [{ role: 'user', content: [{ type: 'hologram' }] }] }, 'messages[0].content[0].type'],
    [
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'AAAA' } }] }] },
      'messages[0].content[0].image_url.url',
    ],
    [{ messages: [{ role: 'tool', content: 'x' }] }, 'messages[0].tool_call_id'],
    [{ messages: [{ role: 'assistant', tool_calls: [{ id: 'c' }] }] }, 'messages[0].tool_calls[0].function'],
    [{ messages: [{ role: 'assistant', audio: { id: 'a' } }] }, 'messages[0].audio'],
    [{ tools: [{ type: 'function', function: {} }] }, 'tools[0].function.name'],
    [{ tool_choice: 'perhaps' }, 'tool_choice'],
    [{ temperature: 'hot' }, 'temperature'],
    [{ stop: [1] }, 'stop'],
    [{ response_format: { type: 'grammar' } }, 'response_format.type'],
    [{ modalities: ['text', 'audio'] }, 'modalities'],
  ])('%j', (body, param) => {
    const error = refusal(body);
    expect(error).toMatchObject({ status: 400, code: 'invalid_request', param });
    expect(error.message).toMatch(/\.$/);
  });
});
