// Gives an error of the catalogue the shape of the caller's dialect, with the headers that tell clients whether to come back.
import type { ServerResponse } from 'node:http';
import type { GatewayError } from '../base/gatewayError.ts';
import { answerHeaders } from '../gateway/answerHeaders.ts';
import type { DialectName } from '../protocol/dialect.ts';
import { dialects } from '../protocol/dialects.ts';

/** SDKs sleep through a whole Retry-After; beyond this the user is better served by the message. */
const longestClientSleepMs = 20_000;

export function errorHeaders(error: GatewayError, requestId: string): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    ...answerHeaders(requestId, error.origin),
    'request-id': requestId,
  };
  const { retryAfterMs } = error;
  if (retryAfterMs !== null) headers['retry-after'] = String(Math.max(1, Math.ceil(retryAfterMs / 1_000)));
  // What the gateway tried itself is not worth the SDK's own retries.
  const pointless = error.status >= 500 && error.code !== 'gateway_stopping' && retryAfterMs === null;
  const paused = error.code === 'gateway_paused';
  if (pointless || paused || (retryAfterMs !== null && retryAfterMs > longestClientSleepMs))
    headers['x-should-retry'] = 'false';
  return headers;
}

export function sendError(
  response: ServerResponse,
  error: GatewayError,
  requestId: string,
  dialect: DialectName,
): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const body = dialects[dialect].errorBody(error, requestId);
  // Whatever is left of an unread upload must not be taken for the next request.
  if (!response.req.complete) response.setHeader('connection', 'close');
  response.writeHead(error.status, {
    ...errorHeaders(error, requestId),
    'content-length': Buffer.byteLength(body),
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
