// Errors in the words that were seen of the service. Where its words are not known, they are the emulator's own.
import { type Answer, jsonAnswer } from '../upstream/answer.ts';

/** The service's envelope; `details` only where something is to be said. */
export function refusal(status: number, errorCode: string, message: string, details?: object): Answer {
  return jsonAnswer({ errorCode, message, ...(details ? { details } : {}) }, status);
}

export const invalidRequest = (message: string) => refusal(400, 'invalid_request', message);
export const unauthenticated = (message: string) => refusal(401, 'unauthenticated', message);
export const notFound = () => refusal(404, 'not_found', 'Resource not found');
export const notActive = (endpointId: string) => invalidRequest(`endpointId ${endpointId} is not active`);

/** What an API gateway in front of the service says where it knows no such path: no error code. */
export const noRoute = () => jsonAnswer({ message: 'no Route matched with those values' }, 404);

/** What stands between the client and the service when the service is away: a page. */
export function edgePage(status: number): Answer {
  const page = `<!DOCTYPE html>\n<html lang="en-US"><head><title>api.on-demand.io | ${status}: Web server is returning an unknown error</title></head><body><h1>Error ${status}</h1></body></html>\n`;
  return {
    status,
    headers: { 'content-type': 'text/html; charset=UTF-8' },
    body: { bytes: Buffer.from(page) },
  };
}

const words: Record<string, readonly [errorCode: string, message: string]> = {
  '400': ['invalid_request', 'Invalid request'],
  // Seen with valid keys, for moments.
  '401': ['unauthenticated', 'Unauthorized'],
  '403': ['unauthorized', 'Unauthorized'],
  '404': ['not_found', 'Resource not found'],
  '405': ['method_not_allowed', 'Method not allowed'],
  '429': ['rate_limit_exceeded', 'Rate limit exceeded'],
  '500': ['server_error', 'Internal server error'],
  '502': ['bad_gateway', 'Bad gateway'],
  '503': ['resource_unavailable', 'Resource unavailable'],
  '504': ['plugin_execution_timeout', 'Plugin execution timed out'],
};

/** Any status as the service says it; from 520 on it is not the service that speaks. `retryAfter` in seconds. */
export function statusRefusal(status: number, retryAfter: string | null = null): Answer {
  if (status >= 520) return edgePage(status);
  const [errorCode, message] = words[status] ?? ['server_error', `The request failed (${status})`];
  const answer = refusal(status, errorCode, message);
  return retryAfter === null
    ? answer
    : { ...answer, headers: { ...answer.headers, 'retry-after': retryAfter } };
}
