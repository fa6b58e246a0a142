import { describe, expect, it } from 'vitest';
import { conversations, operationsByPath } from '../../../main/protocol/operation.ts';
import { openaiDriver } from '../../../main/upstream/openaiDriver.ts';
import { accountOf, bodyOf, encodedCall, endpointOf, jsonCall, targetOf } from './calls.ts';

const none = new Set<never>();
const own = endpointOf('https://api.openai.com/v1');
const other = endpointOf('http://localhost:1234');
const chat = { model: 'm', messages: [{ role: 'user', content: 'u' }] };

describe('where requests go', () => {
  it.each([
    ['https://api.openai.com', 'https://api.openai.com/v1/chat/completions'],
    ['https://api.openai.com/v1', 'https://api.openai.com/v1/chat/completions'],
    ['https://open.bigmodel.cn/api/paas/v4', 'https://open.bigmodel.cn/api/paas/v4/chat/completions'],
    // Documented without a version part.
    ['https://api.perplexity.ai', 'https://api.perplexity.ai/chat/completions'],
    ['https://models.github.ai/inference', 'https://models.github.ai/inference/chat/completions'],
    [
      'https://models.github.ai/orgs/o/inference',
      'https://models.github.ai/orgs/o/inference/chat/completions',
    ],
    // Saved by an earlier version of the preset.
    ['https://models.github.ai/inference/v1', 'https://models.github.ai/inference/v1/chat/completions'],
    ['http://localhost:1234/proxy', 'http://localhost:1234/proxy/v1/chat/completions'],
  ])('%s -> %s', (baseUrl, url) => {
    const built = openaiDriver.build(jsonCall(chat), targetOf(endpointOf(baseUrl), 'm'), none);
    expect(built).toMatchObject({ method: 'POST', url });
  });

  it('asks each operation at its own path', () => {
    const call = jsonCall({ model: 'm', input: 'x' }, { operation: operationsByPath.embeddings });
    expect(openaiDriver.build(call, targetOf(own, 'm'), none).url).toBe(
      'https://api.openai.com/v1/embeddings',
    );
    expect(openaiDriver.buildModelList(own, accountOf()).url).toBe('https://api.openai.com/v1/models');
  });
});

describe('headers', () => {
  it("carries the account's key, what means something to OpenAI, and the user's own over all", () => {
    const endpoint = endpointOf('http://h', { headers: { 'X-Org': 'o', Accept: 'a/b' } });
    const passHeaders = {
      'openai-beta': 'x=1',
      'anthropic-beta': 'b',
      'anthropic-version': 'v',
      'x-title': 't',
    };
    const { headers } = openaiDriver.build(jsonCall(chat, { passHeaders }), targetOf(endpoint, 'm'), none);
    expect(headers).toEqual({
      accept: 'a/b',
      'openai-beta': 'x=1',
      'x-title': 't',
      'content-type': 'application/json',
      authorization: 'Bearer key-1',
      'accept-encoding': 'identity',
      'x-org': 'o',
    });
  });

  it('sends no credential where there is none', () => {
    const { headers } = openaiDriver.build(jsonCall(chat), targetOf(other, 'm', null), none);
    expect(Object.keys(headers)).not.toContain('authorization');
  });
});

describe('bodies', () => {
  it('sends the very same bytes where the name is the same', () => {
    const call = jsonCall(chat);
    expect(openaiDriver.build(call, targetOf(own, 'm'), none).body).toBe(
      call.payload.form === 'json' ? call.payload.envelope.body : null,
    );
  });

  it('puts in the upstream’s name, and asks for the usage of a stream', () => {
    const call = jsonCall({ ...chat, stream: true, stream_options: { x: 1 } }, { stream: true });
    expect(bodyOf(openaiDriver.build(call, targetOf(own, 'n'), none))).toEqual({
      ...chat,
      model: 'n',
      stream: true,
      stream_options: { x: 1, include_usage: true },
    });
    const written = encodedCall({ ...chat, stream: true }, { stream: true });
    expect(bodyOf(openaiDriver.build(written, targetOf(own, 'm'), none))).toMatchObject({
      stream_options: { include_usage: true },
    });
    const responses = jsonCall(
      { model: 'm', input: 'x', stream: true },
      { operation: conversations.responses, stream: true },
    );
    expect(bodyOf(openaiDriver.build(responses, targetOf(own, 'm'), none))).not.toHaveProperty(
      'stream_options',
    );
  });

  it('repairs what is known to be refused', () => {
    const call = jsonCall({ ...chat, stream: true, seed: 1 }, { stream: true });
    const built = openaiDriver.build(
      call,
      targetOf(own, 'm'),
      new Set(['no-stream-options', 'drop:seed'] as const),
    );
    expect(bodyOf(built)).toEqual({ ...chat, stream: true });
    expect(built.repairs).toEqual(['left out stream_options', 'left out seed']);
  });
});

describe('which conversation', () => {
  const dialect = (
    endpoint: typeof own,
    from: 'chat' | 'responses' | 'messages' | 'gemini',
    model = 'gpt-4o',
  ) => openaiDriver.dialectFor(from, endpoint, model);

  it('speaks both with OpenAI itself, chat with all others', () => {
    expect(dialect(own, 'chat')).toBe('chat');
    expect(dialect(own, 'responses')).toBe('responses');
    expect(dialect(endpointOf('https://eu.api.openai.com/v1'), 'responses')).toBe('responses');
    expect(dialect(own, 'messages')).toBe('chat');
    expect(dialect(own, 'gemini')).toBe('chat');
    expect(dialect(other, 'responses')).toBe('chat');
    expect(dialect(endpointOf('https://api.openai.com.evil.example'), 'responses')).toBe('chat');
  });

  it.each([
    ...['o1-pro', 'o3-pro-2025-06-10', 'gpt-5-pro', 'gpt-5.2-pro', 'gpt-5-codex', 'gpt-5.1-codex-mini'],
    ...['codex-mini-latest', 'computer-use-preview', 'o4-mini-deep-research', 'o3-deep-research'],
  ])('%s answers in responses alone', (model) => {
    expect(dialect(own, 'chat', model)).toBe('responses');
    expect(dialect(own, 'gemini', model)).toBe('responses');
    expect(dialect(other, 'chat', model)).toBe('chat');
  });

  it.each(['gpt-5', 'gpt-5-mini', 'o3', 'o1', 'gpt-5.1-chat-latest', 'o4-mini'])('%s chats', (model) => {
    expect(dialect(own, 'chat', model)).toBe('chat');
  });

  it('does as the option says, and embeds in one way only', () => {
    const says = (api: unknown) => endpointOf('http://h', { options: { api } });
    expect(dialect(says('responses'), 'chat')).toBe('responses');
    expect(dialect(says('nonsense'), 'responses')).toBe('chat');
    expect(dialect(endpointOf('https://api.openai.com', { options: { api: 'chat' } }), 'responses')).toBe(
      'chat',
    );
    expect(openaiDriver.dialectFor('gemini', says('responses'), 'bge-m3', 'embeddings')).toBe('chat');
  });
});

describe('model lists', () => {
  const read = (value: unknown) => openaiDriver.readModelList(Buffer.from(JSON.stringify(value)));

  it('reads lists of objects and of names', () => {
    expect(read({ data: [{ id: ' a ' }, { id: '' }, { id: 7 }, null, 'b'] }).map(({ id }) => id)).toEqual([
      'a',
      'b',
    ]);
    expect(read(['x']).map(({ id }) => id)).toEqual(['x']);
    expect(() => read({ models: [] })).toThrow('no list');
    expect(() => openaiDriver.readModelList(Buffer.from('<html>'))).toThrow();
  });

  it.each([
    [
      'OpenRouter',
      {
        id: 'openai/gpt-4o',
        name: 'OpenAI: GPT-4o',
        context_length: 128_000,
        architecture: { input_modalities: ['text', 'image'] },
        top_provider: { max_completion_tokens: 16_384 },
        supported_parameters: ['tools', 'seed'],
      },
      {
        name: 'OpenAI: GPT-4o',
        contextTokens: 128_000,
        outputTokens: 16_384,
        inputModalities: ['text', 'image'],
        supportedParameters: ['tools', 'seed'],
      },
    ],
    ['vLLM', { id: 'q', max_model_len: 32_768 }, { contextTokens: 32_768, outputTokens: null, name: null }],
    [
      'Groq',
      { id: 'l', context_window: 131_072, max_completion_tokens: 8_192 },
      { contextTokens: 131_072, outputTokens: 8_192 },
    ],
    [
      'Mistral',
      {
        id: 'p',
        name: 'p',
        max_context_length: 131_072,
        capabilities: { vision: true, function_calling: true },
      },
      {
        contextTokens: 131_072,
        inputModalities: ['text', 'image'],
        supportedParameters: ['tools', 'tool_choice'],
        name: null,
      },
    ],
    [
      'nobody',
      { id: 'n', context_length: null, supported_parameters: [] },
      { contextTokens: null, supportedParameters: null, inputModalities: null },
    ],
  ])('takes what %s tells of a model', (_who, model, facts) => {
    expect(read({ data: [model] })).toEqual([expect.objectContaining(facts)]);
  });
});
