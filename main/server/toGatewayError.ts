import { GatewayError } from '../base/gatewayError.ts';
import type { Log } from '../base/log.ts';

/** What a client is shown for anything thrown on its request's way; the unexpected goes to the log alone. */
export function toGatewayError(error: unknown, log: Log, requestId: string): GatewayError {
  if (error instanceof GatewayError) return error;
  const { statusCode, message } = error as { statusCode?: unknown; message?: unknown };
  if (statusCode === 413) return new GatewayError('request_too_large', 'The request is too large.');
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new GatewayError(
      'invalid_request',
      typeof message === 'string' ? message : 'The request can not be read.',
    );
  }
  log.error('a request failed inside the gateway', {
    id: requestId,
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
  return new GatewayError('internal_error', 'Something went wrong inside the gateway; its log says more.');
}
