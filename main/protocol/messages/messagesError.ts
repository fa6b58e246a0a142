// Anthropic's error shape. Claude Code acts on the words: which ones, says clients.md sections 3 and 5.
import type { DialectError } from '../dialectError.ts';
import { saysTooLong } from '../readFault.ts';

const typeByStatus: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  408: 'timeout_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  503: 'overloaded_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

const rateLimit = /rate.?limit|per (?:minute|day)|quota/i;

/** `text` first, unless it is in the message already. */
function beginning(text: string, message: string): string {
  return message.toLowerCase().includes(text.toLowerCase()) ? message : `${text}: ${message}`;
}

function isOverflow({ code, message, status }: DialectError): boolean {
  if (code === 'context_length_exceeded') return true;
  return (
    (status === 400 || status === 413 || status === 422) && saysTooLong(message) && !rateLimit.test(message)
  );
}

function isUnknownModel({ code, message, status }: DialectError): boolean {
  if (code === 'model_not_found') return true;
  return status === 404 && /\bmodel\b/i.test(message);
}

function messageOf(error: DialectError): string {
  const { message, code, status } = error;
  if (code === 'invalid_api_key' || (code === null && status === 401))
    return beginning('invalid x-api-key', message);
  if (isOverflow(error)) return beginning('prompt is too long', message);
  if (!isUnknownModel(error) || /\bmodel: \S/.test(message)) return message;
  const name = /["'`“]([^"'`”]{1,200})["'`”]/.exec(message)?.[1];
  return name === undefined ? `model: ${message}` : `model: ${name}. ${message}`;
}

function errorDocument(error: DialectError, requestId: string | null): Record<string, unknown> {
  const type = typeByStatus[error.status] ?? (error.status < 500 ? 'invalid_request_error' : 'api_error');
  return {
    type: 'error',
    error: { type, message: messageOf(error) },
    ...(requestId === null ? {} : { request_id: requestId }),
  };
}

/** The body of an error answer, JSON text. */
export function messagesErrorBody(error: DialectError, requestId: string): string {
  return JSON.stringify(errorDocument(error, requestId));
}

/** The same inside a stream that has begun. Nothing may follow it. */
export function messagesErrorEvent(error: DialectError, requestId: string | null): string {
  return `event: error\ndata: ${JSON.stringify(errorDocument(error, requestId))}\n\n`;
}
