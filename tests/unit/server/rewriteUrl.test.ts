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
  ])('%s -> %s', (given, wanted) => {
    expect(rewriteUrl(given)).toBe(wanted);
  });
});
