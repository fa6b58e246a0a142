// What on-demand.io says where it refuses: the envelope `{errorCode, message}` (ondemand-protocol.md section 2.8), or a page.
import { errorMessageOf } from '../../protocol/errorMessage.ts';
import { type Fields, isFields } from '../../protocol/hub/reader.ts';

export interface OndemandRefusal {
  readonly status: number;
  readonly errorCode: string | null;
  readonly message: string;
}

export function parseFields(body: Buffer | string): Fields {
  try {
    const parsed: unknown = JSON.parse(String(body));
    return isFields(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

export function readRefusal(body: Buffer, status: number): OndemandRefusal {
  const { errorCode } = parseFields(body);
  return {
    status,
    errorCode: typeof errorCode === 'string' ? errorCode : null,
    message: errorMessageOf(body, status),
  };
}

/** The gateway before the service, for moments: it knows no such path. */
export const isRouteMiss = ({ status, message }: OndemandRefusal): boolean =>
  status === 404 && /no route matched/i.test(message);

/** Seen for moments with valid credentials: it names no reason at all. */
export const isPlainUnauthorized = ({ status, errorCode, message }: OndemandRefusal): boolean =>
  (status === 401 || status === 403) && (errorCode === 'unauthorized' || /^unauthorized\.?$/i.test(message));

/** The service no longer has the session, or gave it to somebody else. No source shows its words: these are the likely ones. */
export function isSessionUnknown(refusal: OndemandRefusal): boolean {
  const { status, message } = refusal;
  if (status === 404) return !isRouteMiss(refusal);
  return status === 400 && /\bsession/i.test(message);
}
