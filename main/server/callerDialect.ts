import type { IncomingMessage } from 'node:http';
import type { DialectName } from '../protocol/dialect.ts';

/** The dialect a caller speaks, by the path it asks for and the version header that only Anthropic's clients send. `url` as the routes know it. */
export function callerDialect(request: IncomingMessage, url: string): DialectName {
  const path = url.split('?', 1)[0] ?? '';
  if (path.startsWith('/v1beta/')) return 'gemini';
  if (path.startsWith('/v1/messages') || request.headers['anthropic-version'] !== undefined)
    return 'messages';
  return path.startsWith('/v1/responses') ? 'responses' : 'chat';
}
