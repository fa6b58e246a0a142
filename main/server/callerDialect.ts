import type { IncomingMessage } from 'node:http';
import type { DialectName } from '../protocol/dialect.ts';

/** Headers that none but Google's clients send. */
const googles = ['x-goog-api-client', 'x-goog-api-key'];

/**
 * The dialect a caller speaks, by the path it asks for, and by headers that only one maker's clients send where a path
 * is common to several. `url` as the routes know it.
 */
export function callerDialect(request: IncomingMessage, url: string): DialectName {
  const path = url.split('?', 1)[0] ?? '';
  if (path.startsWith('/v1beta/')) return 'gemini';
  if (path.startsWith('/v1/messages') || request.headers['anthropic-version'] !== undefined)
    return 'messages';
  if (path.startsWith('/v1/models') && googles.some((name) => request.headers[name] !== undefined))
    return 'gemini';
  return path.startsWith('/v1/responses') ? 'responses' : 'chat';
}
