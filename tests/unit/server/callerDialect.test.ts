import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { callerDialect } from '../../../main/server/callerDialect.ts';

const request = (headers: Record<string, string> = {}): IncomingMessage => ({ headers }) as IncomingMessage;

it.each([
  ['/v1/chat/completions', {}, 'chat'],
  ['/v1/responses', {}, 'responses'],
  ['/v1/messages?beta=true', {}, 'messages'],
  ['/v1/messages/count_tokens', {}, 'messages'],
  ['/v1/models', {}, 'chat'],
  ['/v1/models', { 'anthropic-version': '2023-06-01' }, 'messages'],
  ['/v1beta/models/gemini-2.5-pro:generateContent?key=x', {}, 'gemini'],
  // Google's SDK asks for the list below /v1.
  ['/v1/models', { 'x-goog-api-key': 'k' }, 'gemini'],
  ['/nowhere', {}, 'chat'],
  // Cherry Studio sends it to OpenAI-compatible hosts too.
  ['/v1/chat/completions', { 'x-api-key': 'k' }, 'chat'],
])('%s %o -> %s', (url, headers, dialect) => {
  expect(callerDialect(request(headers), url)).toBe(dialect);
});
