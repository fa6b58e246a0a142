// One error in the words of each service.
import { type Answer, errorAnswer, jsonAnswer } from './answer.ts';
import type { SurfaceName } from './surface.ts';

export interface SaidError {
  readonly message: string;
  readonly type?: string;
  readonly code?: string | null;
  readonly param?: string | null;
  /** Seconds, as the fault has them. */
  readonly retryAfter?: string | null;
}

const anthropicTypes: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  422: 'invalid_request_error',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

const geminiStatuses: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  402: 'FAILED_PRECONDITION',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  413: 'INVALID_ARGUMENT',
  422: 'INVALID_ARGUMENT',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

export function anthropicError(status: number, message: string) {
  return { type: 'error' as const, error: { type: anthropicTypes[status] ?? 'api_error', message } };
}

/** Google says in the body how long to wait. */
export function geminiError(status: number, message: string, retryAfter: string | null = null) {
  const details =
    status === 429
      ? [
          {
            '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
            violations: [{ quotaId: 'GenerateRequestsPerMinutePerProjectPerModel' }],
          },
          ...(retryAfter === null
            ? []
            : [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfter}s` }]),
        ]
      : undefined;
  return { error: { code: status, message, status: geminiStatuses[status] ?? 'INTERNAL', details } };
}

export function statusError(surface: SurfaceName, status: number, error: SaidError): Answer {
  const { retryAfter = null } = error;
  const waiting: Record<string, string> = retryAfter === null ? {} : { 'retry-after': retryAfter };
  switch (surface) {
    case 'anthropic': {
      const body = { ...anthropicError(status, error.message), request_id: 'req_fake_error' };
      return jsonAnswer(body, status, { ...waiting, 'request-id': 'req_fake_error' });
    }
    case 'gemini':
      return jsonAnswer(geminiError(status, error.message, retryAfter), status);
    default:
      return errorAnswer(status, error, waiting);
  }
}
