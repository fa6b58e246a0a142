// The answers that take the place of the right one: refusals, pages, errors in a 200.
import { type Answer, bytesAnswer, errorAnswer, eventsAnswer, jsonAnswer, streamAnswer } from './answer.ts';
import type { Fault } from './fault.ts';
import { type DialectName, inStreamError } from './inStreamError.ts';
import { statusError } from './statusError.ts';
import type { SurfaceName } from './surface.ts';

const page =
  '<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1></body></html>';

const words: Record<string, { message: string; type: string; code: string | null }> = {
  '400': {
    message: "Invalid value for 'temperature': expected a number.",
    type: 'invalid_request_error',
    code: 'invalid_value',
  },
  '401': { message: 'Incorrect API key provided.', type: 'invalid_request_error', code: 'invalid_api_key' },
  '402': { message: 'Insufficient balance.', type: 'billing_error', code: 'insufficient_balance' },
  '403': { message: 'Your account may not use this resource.', type: 'permission_error', code: null },
  '404': { message: 'Invalid URL.', type: 'invalid_request_error', code: null },
  '413': { message: 'The request is too large.', type: 'invalid_request_error', code: null },
  '422': { message: 'The field messages is required.', type: 'invalid_request_error', code: null },
  '429': { message: 'Rate limit reached for requests.', type: 'requests', code: 'rate_limit_exceeded' },
  '529': { message: 'Overloaded.', type: 'overloaded_error', code: null },
};

function statusAnswer(surface: SurfaceName, status: string, retryAfter: string | null): Answer {
  const error = words[status] ?? {
    message: `The upstream failed (${status}).`,
    type: 'server_error',
    code: null,
  };
  return statusError(surface, Number(status), { ...error, retryAfter });
}

/** The answer that the fault puts in place, or null where it leaves the right one alone. */
export function replacement(
  fault: Fault,
  about: {
    surface: SurfaceName;
    dialect: DialectName;
    model: string | null;
    stream: boolean;
    redirectTo: string;
  },
): Answer | null {
  const { surface } = about;
  if (/^[45]\d\d$/.test(fault.name)) return statusAnswer(surface, fault.name, fault.arg);
  const quota = {
    message: 'You exceeded your current quota.',
    type: 'insufficient_quota',
    code: 'insufficient_quota',
  };
  switch (fault.name) {
    case 'html200':
      return bytesAnswer(Buffer.from(page), 'text/html; charset=utf-8');
    case 'html200json':
      return bytesAnswer(Buffer.from(page), 'application/json');
    case 'err200':
      return jsonAnswer({
        error: { message: 'Upstream provider is overloaded.', type: 'server_error', code: null },
      });
    case 'sse-error-first':
      if (about.dialect !== 'chat') return eventsAnswer([inStreamError[about.dialect](0)]);
      return streamAnswer([
        { error: { message: 'Upstream provider is overloaded.', type: 'server_error', code: 502 } },
      ]);
    case 'empty':
      return bytesAnswer(Buffer.alloc(0), about.stream ? 'text/event-stream' : 'application/json');
    case '204':
      return { status: 204, headers: {}, body: { bytes: Buffer.alloc(0) } };
    case 'redirect':
      return { ...jsonAnswer({}, Number(fault.arg ?? 307)), headers: { location: about.redirectTo } };
    case '404-model': {
      const message = `The model \`${about.model}\` does not exist or you do not have access to it.`;
      return statusError(surface, 404, { message, code: 'model_not_found' });
    }
    case 'insufficient_quota':
      return statusError(surface, 429, quota);
    case '429ms': {
      const headers = { 'retry-after-ms': fault.arg ?? '1000' };
      return errorAnswer(
        429,
        { message: 'Rate limit reached.', type: 'requests', code: 'rate_limit_exceeded' },
        headers,
      );
    }
    default:
      return null;
  }
}
