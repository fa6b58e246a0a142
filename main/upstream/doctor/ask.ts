// Reads one answer whole, within a time, and says in a code what stands in its way.
import type { Redactor } from '../../base/redact.ts';
import type { EndpointKind } from '../../contract/schemas/endpoint.ts';
import { errorMessageOf } from '../../protocol/errorMessage.ts';
import { classifyTransport } from '../classifyFailure.ts';
import { type Exchange, readAll, type UpstreamResponse } from '../transport.ts';
import { UpstreamError } from '../upstreamError.ts';
import { codeOfStatus, ProbeFaultError } from './probeFault.ts';

const maxBytes = 8 * 1024 * 1024;

export interface Answer {
  response: UpstreamResponse;
  body: Buffer;
}

export interface AskOptions {
  kind: EndpointKind;
  ms: number;
  redactor: Redactor;
  signal?: AbortSignal | undefined;
}

/** Throws UpstreamError in the upstream's or the transport's words; where it can be told why, a ProbeFaultError. */
export async function ask(exchange: Exchange, { kind, ms, redactor, signal }: AskOptions): Promise<Answer> {
  const seconds = String(ms / 1_000);
  const timer = setTimeout(
    () =>
      exchange.abort(new ProbeFaultError('no-answer', `no answer within ${seconds} s`, null, { seconds })),
    ms,
  );
  const onAbort = (): void => exchange.abort(new ProbeFaultError('cancelled', 'cancelled', null));
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  let begun: UpstreamResponse | null = null;
  try {
    const response = await exchange.response;
    begun = response;
    const body = await readAll(response, maxBytes);
    if (response.status >= 200 && response.status < 300) return { response, body };
    const message = redactor.redact(errorMessageOf(body, response.status));
    const code = codeOfStatus(kind, response.status, message, body);
    throw new ProbeFaultError(code, `${message} (status ${response.status})`, response.status);
  } catch (error) {
    if (error instanceof UpstreamError) throw error;
    const { status } = error as { status?: unknown };
    const words = redactor.redact(classifyTransport(error as Error).reason);
    // A session's link has judged its own steps, and says so by a status.
    if (typeof status === 'number') throw new UpstreamError(words, status);
    const streams = /event-stream/i.test(String(begun?.headers['content-type'] ?? ''));
    throw new ProbeFaultError(streams ? 'stream-cut' : 'cut', words, null);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
