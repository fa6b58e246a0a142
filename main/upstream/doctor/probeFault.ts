// What stands in the way of an answer, as the doctor names it: by the status, the transport's error, or the look of the body.
import type { CheckCode } from '../../contract/schemas/check.ts';
import type { EndpointKind } from '../../contract/schemas/endpoint.ts';
import { classifyStatus } from '../classifyFailure.ts';
import { UpstreamError } from '../upstreamError.ts';

export class ProbeFaultError extends UpstreamError {
  readonly code: CheckCode;
  readonly facts: Readonly<Record<string, string>>;
  constructor(
    code: CheckCode,
    message: string,
    status: number | null,
    facts: Readonly<Record<string, string>> = {},
  ) {
    super(message, status);
    this.code = code;
    this.facts = facts;
  }
}

/** A page for people, whatever its status. */
export const isWebPage = (body: Buffer): boolean =>
  /^\s*<(?:!doctype|html|head|body|\?xml)/i.test(body.toString('utf8', 0, 200));

const place =
  /location is not supported|unsupported_country_region_territory|not available in your (?:country|region)/i;

/** What an answer other than 2xx means to whoever set the endpoint up. `text` is its body. */
export function codeOfStatus(kind: EndpointKind, status: number, message: string, body: Buffer): CheckCode {
  const text = body.toString('utf8', 0, 4_000);
  const { outcome } = classifyStatus({
    kind,
    status,
    headers: {},
    message,
    text,
    now: 0,
    dayEndsAt: 0,
    streak: 0,
  });
  if (place.test(text)) return 'region';
  if (status >= 300 && status < 400) return 'redirected';
  if (outcome === 'model-missing') return 'model-missing';
  if (outcome === 'exhausted') return 'no-credit';
  if (outcome === 'rate-limited') return 'rate-limited';
  if (outcome === 'refused') return status === 403 && !isWebPage(body) ? 'forbidden' : 'key-refused';
  if (status === 404 || status === 405) return 'wrong-path';
  if (isWebPage(body) && status < 500) return 'not-an-api';
  if (status >= 500 || status === 408) return 'server-error';
  return 'request-refused';
}

/** The code of whatever was thrown on the way; a session's link names none. */
export function codeOfError(error: unknown): CheckCode {
  if (error instanceof ProbeFaultError) return error.code;
  const { status = null } = error as { status?: number | null };
  if (status === 401) return 'key-refused';
  if (status === 402) return 'no-credit';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'wrong-path';
  if (status === 429) return 'rate-limited';
  if (status !== null && status >= 500) return 'server-error';
  return status === null ? 'bad-answer' : 'request-refused';
}
