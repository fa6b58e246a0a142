import { describe, expect, it } from 'vitest';
import { isNear, mendBaseUrl } from '../../../main/contract/mendBaseUrl.ts';

describe('an address as it was pasted', () => {
  it.each([
    ['openai', 'https://api.openai.com/v1/chat/completions', 'https://api.openai.com/v1', ['path']],
    ['openai', 'api.openai.com/v1', 'https://api.openai.com/v1', ['scheme']],
    ['openai', 'localhost:11434/v1', 'http://localhost:11434/v1', ['scheme']],
    ['openai', '192.168.1.4:8000', 'http://192.168.1.4:8000', ['scheme']],
    ['openai', 'https：／／api。deepseek。com／v1', 'https://api.deepseek.com/v1', ['characters']],
    ['openai', '“https://api.x.ai/v1”，', 'https://api.x.ai/v1', ['characters']],
    ['openai', 'https:/api.x.ai/v1', 'https://api.x.ai/v1', ['scheme']],
    ['openai', 'http://api.groq.com/openai/v1', 'https://api.groq.com/openai/v1', ['plain']],
    ['openai', 'https://a.example/v1/models?limit=3', 'https://a.example/v1', ['query', 'path']],
    ['anthropic', 'https://api.anthropic.com/v1/messages', 'https://api.anthropic.com', ['path']],
    [
      'anthropic',
      'https://api.deepseek.com/anthropic/v1/messages',
      'https://api.deepseek.com/anthropic',
      ['path'],
    ],
    [
      'azure',
      'https://n.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21',
      'https://n.openai.azure.com',
      ['query', 'path'],
    ],
    [
      'gemini',
      'https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:generateContent',
      'https://generativelanguage.googleapis.com',
      ['path'],
    ],
  ] as const)('%s: %s', (kind, given, baseUrl, slips) => {
    expect(mendBaseUrl(given, kind)).toEqual({ baseUrl, slips });
  });

  it.each([
    'https://api.openai.com/v1',
    'https://api.openai.com/v1/',
    'http://localhost:8080',
    'http://gateway:3000/v1',
    'http://nas.local:1234/v1',
    'http://10.0.0.7/v1',
    'http://llm.example.com:8000/v1',
    'demo://local/v1',
    '',
    'https://',
  ])('is left alone where it is right, or beyond help: %s', (given) => {
    expect(mendBaseUrl(given, 'openai')).toEqual({ baseUrl: given, slips: [] });
  });

  it('is mended once: what comes out stays', () => {
    const { baseUrl } = mendBaseUrl(' api.example.com/v1/chat/completions/ ', 'openai');
    expect(mendBaseUrl(baseUrl, 'openai')).toEqual({ baseUrl, slips: [] });
  });
});

it('knows the machines of the house', () => {
  for (const host of ['localhost', '127.0.0.1', '172.20.0.1', '[::1]', 'box.lan'])
    expect(isNear(host)).toBe(true);
  for (const host of ['api.openai.com', '172.32.0.1', '8.8.8.8', '[2001:db8::1]'])
    expect(isNear(host)).toBe(false);
});
