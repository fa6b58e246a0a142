// A failure on the way over a proxy, told so that people know which of the two to look at.
import { concealProxy } from '../base/proxyUrl.ts';

export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  override readonly cause: Error;
  constructor(proxy: string, cause: Error) {
    super(`the proxy ${concealProxy(proxy)}`, { cause });
    this.cause = cause;
  }
}

/** Faults of the connection to the proxy: the transport itself connects to nothing else. */
const unreachable =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/;

/** The status with which the proxy refused to carry the request, or null where it did not. */
export function proxyStatus(error: ProxyError): number | null {
  const found = /^Proxy (?:response \((\d{3})\)|Authentication Required \((\d{3})\))/.exec(
    error.cause.message,
  );
  return found ? Number(found[1] ?? found[2]) : null;
}

/** `words` say what happened on the wire. */
export function proxyWords(error: ProxyError, words: string, code: string | null): string {
  const status = proxyStatus(error);
  if (status === 407) return `${error.message} refuses the user name or password (407)`;
  if (status !== null) return `${error.message} could not reach the upstream (${status})`;
  if (code !== null && unreachable.test(code)) return `${error.message} can't be reached: ${words}`;
  return `${words}, over ${error.message}`;
}
