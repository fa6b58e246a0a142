import type { DialectError } from '../dialect.ts';

/** OpenAI's error shape; `message` is always a string, as every SDK expects. */
export function chatErrorBody(error: Omit<DialectError, 'status' | 'retryAfterMs'>): string {
  const { message, type, code, param } = error;
  return JSON.stringify({ error: { message, type, code, param } });
}

/** The same inside a stream that has begun: an error event, and no `[DONE]` after it. */
export function chatErrorEvent(error: DialectError): string {
  return `data: ${chatErrorBody(error)}\n\n`;
}
