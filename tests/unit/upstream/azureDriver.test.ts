import { describe, expect, it } from 'vitest';
import { conversations, operationsByPath } from '../../../main/protocol/operation.ts';
import { azureDriver } from '../../../main/upstream/azureDriver.ts';
import { accountOf, bodyOf, encodedCall, endpointOf, jsonCall, targetOf } from './calls.ts';

const none = new Set<never>();
const chat = { model: 'm', messages: [] };
const dated = { options: { apiVersion: '2024-10-21' } };

describe('where requests go', () => {
  it.each([
    'https://r.openai.azure.com',
    'https://r.openai.azure.com/openai',
    'https://r.openai.azure.com/openai/v1',
    'https://r.openai.azure.com/openai/deployments/x/chat/completions',
  ])('%s is one resource', (baseUrl) => {
    const url = (options = {}) =>
      azureDriver.build(jsonCall(chat), targetOf(endpointOf(baseUrl, options), 'my gpt'), none).url;
    expect(url()).toBe('https://r.openai.azure.com/openai/v1/chat/completions');
    expect(url(dated)).toBe(
      'https://r.openai.azure.com/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21',
    );
  });

  it.each([
    ['https://r.cognitiveservices.azure.com/', 'https://r.cognitiveservices.azure.com/openai/v1/models'],
    ['https://r.services.ai.azure.com/api/projects/p', 'https://r.services.ai.azure.com/openai/v1/models'],
    ['https://gate.example/team/openai/v1', 'https://gate.example/team/openai/v1/models'],
    ['http://127.0.0.1:9', 'http://127.0.0.1:9/openai/v1/models'],
  ])('%s -> %s', (baseUrl, url) => {
    expect(azureDriver.buildModelList(endpointOf(baseUrl), accountOf()).url).toBe(url);
  });

  it('has responses and models on the resource of a dated surface, all else on the deployment', () => {
    const endpoint = endpointOf('https://r.openai.azure.com', {
      options: { apiVersion: '2025-04-01-preview' },
    });
    const call = encodedCall({ model: 'd', input: 'x' }, { operation: conversations.responses });
    expect(azureDriver.build(call, targetOf(endpoint, 'd'), none).url).toBe(
      'https://r.openai.azure.com/openai/responses?api-version=2025-04-01-preview',
    );
    expect(azureDriver.buildModelList(endpoint, accountOf()).url).toBe(
      'https://r.openai.azure.com/openai/models?api-version=2025-04-01-preview',
    );
    const embed = jsonCall({ model: 'd', input: 'x' }, { operation: operationsByPath.embeddings });
    expect(azureDriver.build(embed, targetOf(endpoint, '..'), none).url).toBe(
      'https://r.openai.azure.com/openai/deployments/%2E%2E/embeddings?api-version=2025-04-01-preview',
    );
  });
});

it('sends its key as api-key, the deployment as the model, and nothing of Anthropic', () => {
  const passHeaders = { 'anthropic-beta': 'x', 'openai-beta': 'y', 'http-referer': 'z' };
  const built = azureDriver.build(
    jsonCall(chat, { passHeaders }),
    targetOf(endpointOf('https://r.openai.azure.com', { headers: { 'X-Own': '1' } }), 'deployment'),
    none,
  );
  expect(built.headers).toEqual({
    accept: '*/*',
    'openai-beta': 'y',
    'content-type': 'application/json',
    'api-key': 'key-1',
    'accept-encoding': 'identity',
    'x-own': '1',
  });
  expect(bodyOf(built)).toMatchObject({ model: 'deployment' });
});

it('speaks responses where the surface knows them', () => {
  const dialect = (options: Record<string, unknown>, model = 'gpt-4o') =>
    azureDriver.dialectFor('responses', endpointOf('https://r.openai.azure.com', { options }), model);
  expect(dialect({})).toBe('responses');
  expect(dialect({ apiVersion: '2025-03-01-preview' })).toBe('responses');
  expect(dialect({ apiVersion: '2025-02-01-preview' })).toBe('chat');
  expect(dialect({ apiVersion: '2024-10-21', api: 'responses' })).toBe('chat');
  expect(dialect({ api: 'chat' })).toBe('chat');
  expect(azureDriver.dialectFor('messages', endpointOf('https://r.openai.azure.com'), 'gpt-5-codex')).toBe(
    'responses',
  );
});

it('says what Azure has not', () => {
  const reason = (name: string) => azureDriver.unsupported(operationsByPath[name]!);
  for (const name of ['moderations', 'rerank', 'images/variations'])
    expect(reason(name)).toMatch(/Azure OpenAI/);
  for (const name of ['embeddings', 'completions', 'audio/speech', 'images/edits'])
    expect(reason(name)).toBeNull();
});
