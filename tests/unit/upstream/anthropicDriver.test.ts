import { describe, expect, it } from 'vitest';
import { conversations, geminiMethods, operationsByPath } from '../../../main/protocol/operation.ts';
import { anthropicDriver } from '../../../main/upstream/anthropicDriver.ts';
import { accountOf, bodyOf, encodedCall, endpointOf, jsonCall, targetOf } from './calls.ts';

const none = new Set<never>();
const endpoint = endpointOf('https://api.anthropic.com');
const message = { model: 'm', max_tokens: 5, messages: [{ role: 'user', content: 'u' }] };
const operation = conversations.messages;

it.each([
  ['https://api.anthropic.com', 'https://api.anthropic.com/v1/messages'],
  ['https://api.anthropic.com/v1', 'https://api.anthropic.com/v1/messages'],
  ['https://api.anthropic.com/v1/messages', 'https://api.anthropic.com/v1/messages'],
  ['https://api.deepseek.com/anthropic', 'https://api.deepseek.com/anthropic/v1/messages'],
])('%s -> %s', (baseUrl, url) => {
  const target = targetOf(endpointOf(baseUrl), 'm');
  expect(anthropicDriver.build(jsonCall(message, { operation }), target, none)).toMatchObject({
    method: 'POST',
    url,
  });
  expect(anthropicDriver.buildModelList(endpointOf(baseUrl), accountOf()).url).toBe(
    url.replace('messages', 'models?limit=1000'),
  );
});

it('leaves out the lines for Anthropic’s accounting before other makers’ models, and there alone', () => {
  const system = [
    { type: 'text', text: 'x-anthropic-billing-header: cch=36ee5;' },
    { type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } },
  ];
  const build = (model: string) =>
    anthropicDriver.build(
      jsonCall({ ...message, model, system }, { operation }),
      targetOf(endpointOf('https://api.example.com/anthropic'), model),
      none,
    );
  const other = build('deepseek-v4-pro');
  expect(bodyOf(other)).toMatchObject({ system: system.slice(1) });
  expect(other.repairs).toEqual(['left out x-anthropic-billing-header']);
  const own = build('claude-opus-5');
  expect(bodyOf(own)).toMatchObject({ system });
  expect(own.repairs).toEqual([]);
});

describe('headers', () => {
  const headers = (
    passHeaders: Record<string, string>,
    secret?: string | null,
    quirks = none as Set<never>,
  ) =>
    anthropicDriver.build(
      jsonCall(message, { operation, stream: true, passHeaders }),
      targetOf(endpoint, 'm', secret),
      quirks,
    ).headers;

  it('has a version and the key, and forwards what the client says of versions and betas', () => {
    expect(headers({ 'openai-beta': 'x', 'x-title': 't' })).toEqual({
      accept: 'text/event-stream',
      'anthropic-version': '2023-06-01',
      'content-type': 'application/json',
      'x-api-key': 'key-1',
      'accept-encoding': 'identity',
    });
    expect(headers({ 'anthropic-version': '2026-10-21', 'anthropic-beta': 'a,b' })).toMatchObject({
      'anthropic-version': '2026-10-21',
      'anthropic-beta': 'a,b',
    });
  });

  it('sends the token of a login as a bearer, with the beta it needs', () => {
    const sent = headers({ 'anthropic-beta': 'a' }, 'sk-ant-oat01-x');
    expect(sent).toMatchObject({
      authorization: 'Bearer sk-ant-oat01-x',
      'anthropic-beta': 'a,oauth-2025-04-20',
    });
    expect(sent).not.toHaveProperty('x-api-key');
  });

  it('leaves out betas that the upstream refuses, and says so', () => {
    const call = jsonCall(message, { operation, passHeaders: { 'anthropic-beta': 'a' } });
    const built = anthropicDriver.build(
      call,
      targetOf(endpoint, 'm'),
      new Set(['drop:anthropic-beta'] as const),
    );
    expect(built.headers).not.toHaveProperty('anthropic-beta');
    expect(built.repairs).toEqual(['left out anthropic-beta']);
  });
});

it('puts in the name and repairs', () => {
  const call = jsonCall({ ...message, top_p: 1 }, { operation });
  const built = anthropicDriver.build(call, targetOf(endpoint, 'claude-x'), new Set(['drop:top_p'] as const));
  expect(bodyOf(built)).toEqual({ ...message, model: 'claude-x' });
  expect(built.repairs).toEqual(['left out top_p']);
  const written = encodedCall({ ...message, stream: true }, { operation, stream: true });
  expect(bodyOf(anthropicDriver.build(written, targetOf(endpoint, 'm'), none))).toEqual({
    ...message,
    stream: true,
  });
});

it('counts only what a count takes', () => {
  const built = anthropicDriver.buildTokenCount(
    { ...message, stream: true, temperature: 1, tools: [], context_management: {} },
    targetOf(endpoint, 'claude-x'),
    { 'anthropic-beta': 'context-management-2025-06-27' },
  );
  // Without its beta the member would be refused.
  expect(built?.headers['anthropic-beta']).toBe('context-management-2025-06-27');
  expect(built?.url).toBe('https://api.anthropic.com/v1/messages/count_tokens');
  expect(bodyOf(built)).toEqual({
    model: 'claude-x',
    messages: message.messages,
    tools: [],
    context_management: {},
  });
});

it('serves conversations alone', () => {
  for (const one of Object.values(conversations)) expect(anthropicDriver.unsupported(one)).toBeNull();
  expect(anthropicDriver.dialectFor('chat', endpoint, 'm')).toBe('messages');
  const names = Object.entries(operationsByPath).filter(
    ([, one]) => !Object.values(conversations).includes(one),
  );
  const reasons = [...names.map(([, one]) => one), geminiMethods.embedContent!.operation].map((one) =>
    anthropicDriver.unsupported(one),
  );
  expect(reasons.length).toBeGreaterThan(8);
  for (const reason of reasons) expect(reason).toMatch(/^Anthropic .+\.$/);
});

it('reads what the list tells of a model', () => {
  const yes = { supported: true };
  const no = { supported: false };
  const list = {
    data: [
      {
        type: 'model',
        id: 'claude-x',
        display_name: 'Claude X',
        created_at: '2026-01-01T00:00:00Z',
        max_input_tokens: 200_000,
        max_tokens: 64_000,
        capabilities: { image_input: yes, pdf_input: no, structured_outputs: yes, thinking: no },
      },
      {
        type: 'model',
        id: 'claude-y',
        display_name: 'Claude Y',
        max_input_tokens: null,
        max_tokens: null,
        capabilities: null,
      },
    ],
    has_more: false,
  };
  expect(anthropicDriver.readModelList(Buffer.from(JSON.stringify(list)))).toEqual([
    {
      id: 'claude-x',
      name: 'Claude X',
      contextTokens: 200_000,
      outputTokens: 64_000,
      inputModalities: ['text', 'image'],
      supportedParameters: ['tools', 'tool_choice', 'structured_outputs', 'response_format'],
    },
    {
      id: 'claude-y',
      name: 'Claude Y',
      contextTokens: null,
      outputTokens: null,
      inputModalities: null,
      supportedParameters: null,
    },
  ]);
});
