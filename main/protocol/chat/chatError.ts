import type { DialectError } from '../dialectError.ts';

/** OpenAI's error shape; `message` is always a string, as every SDK expects. */
export function chatErrorBody(error: Omit<DialectError, 'status' | 'retryAfterMs'>): string {
  const { message, type, code, param } = error;
  return JSON.stringify({ error: { message, type, code, param } });
}

/** The same inside a stream that has begun: an error event, and no `[DONE]` after it. */
export function chatErrorEvent(error: DialectError): string {
  return `data: ${chatErrorBody(error)}\n\n`;
}

/** The words of an `error` member, which may be an object, a string, or anything. */
export function chatErrorMessage(error: unknown): string {
  if (typeof error === 'string') return error;
  const message = (error as { message?: unknown } | null)?.message;
  return typeof message === 'string' ? message : JSON.stringify(error).slice(0, 300);
}
