import type { DialectError } from '../dialectError.ts';

/** google.rpc.Code by HTTP status (clients.md section 5). */
const statuses: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  402: 'FAILED_PRECONDITION',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  408: 'DEADLINE_EXCEEDED',
  409: 'ABORTED',
  413: 'INVALID_ARGUMENT',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
  529: 'UNAVAILABLE',
};

function statusOf(code: number): string {
  return statuses[code] ?? (code < 500 ? 'INVALID_ARGUMENT' : 'INTERNAL');
}

/** Google's error shape: `code`, `message` and `status` are all required by the AI SDK; Gemini CLI waits as long as RetryInfo says. */
export function geminiErrorBody({ status, message, retryAfterMs }: DialectError): string {
  // The SDK takes a stream's error for one only from 400 to 599.
  const code = status >= 400 && status < 600 ? status : 500;
  const retry = {
    '@type': 'type.googleapis.com/google.rpc.RetryInfo',
    retryDelay: `${Math.ceil((retryAfterMs ?? 0) / 1_000)}s`,
  };
  return JSON.stringify({
    error: { code, message, status: statusOf(code), ...(retryAfterMs === null ? {} : { details: [retry] }) },
  });
}

/** The same inside a stream that has begun: nothing may follow it. */
export function geminiErrorEvent(error: DialectError): string {
  return `data: ${geminiErrorBody(error)}\n\n`;
}
