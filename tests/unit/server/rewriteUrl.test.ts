import { describe, expect, it } from 'vitest';
import { rewriteUrl } from '../../../main/server/rewriteUrl.ts';

describe('rewriteUrl', () => {
  it.each([
    ['/v1/chat/completions', '/v1/chat/completions'],
    ['/chat/completions', '/v1/chat/completions'],
    ['/v1/v1/chat/completions', '/v1/chat/completions'],
    ['//v1//models/', '/v1/models'],
    ['/models?limit=1000', '/v1/models?limit=1000'],
    ['/openai/v1/embeddings', '/v1/embeddings'],
    ['/v1/chat/completions/chat/completions', '/v1/chat/completions'],
    ['/v1/chat/completions/models', '/v1/models'],
    ['/v1/chat/completions/v1/models', '/v1/models'],
    ['/status', '/v1/status'],
    ['/', '/'],
    ['/health', '/health'],
    ['/control/endpoints', '/control/endpoints'],
    ['/assets/index.js', '/assets/index.js'],
    ['/v1/models/openai%2Fgpt-4o', '/v1/models/openai%2Fgpt-4o'],
    ['/anthropic/v1/messages?beta=true', '/v1/messages?beta=true'],
    ['/v1/v1/messages/count_tokens', '/v1/messages/count_tokens'],
    ['/messages', '/v1/messages'],
    ['/v1beta/models', '/v1beta/models'],
    ['/v1/v1beta/models/m:generateContent', '/v1beta/models/m:generateContent'],
    ['/v1/models/m:streamGenerateContent?alt=sse', '/v1beta/models/m:streamGenerateContent?alt=sse'],
    ['/models/m:countTokens', '/v1beta/models/m:countTokens'],
    ['/v1beta/openai/chat/completions', '/v1/chat/completions'],
    [
      '/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21',
      '/v1/chat/completions?api-version=2024-10-21',
    ],
    ['/v1/models/llama3:70b', '/v1/models/llama3:70b'],
    ['/openai', '/openai'],
  ])('%s -> %s', (given, wanted) => {
    expect(rewriteUrl(given)).toBe(wanted);
  });
});
