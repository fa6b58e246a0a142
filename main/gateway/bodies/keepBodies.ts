import { wholeOf } from '../../base/chunkedBytes.ts';
import type { GatewayError } from '../../base/gatewayError.ts';
import type { RecordBodies } from '../../contract/schemas/bodies.ts';
import { dialects } from '../../protocol/dialects.ts';
import type { ClientPayload } from '../../upstream/driver.ts';
import type { ClientRequest } from '../clientRequest.ts';
import type { GatewayDeps } from '../deps.ts';
import { type SentBody, toKeptBody } from './keptBody.ts';
import type { AnswerWatch } from './watchAnswer.ts';

function requestOf(payload: ClientPayload): SentBody {
  if (payload.form !== 'json') {
    const none = Buffer.alloc(0);
    return { bytes: none, mediaType: 'multipart/form-data', totalBytes: payload.envelope.body.length };
  }
  const bytes = wholeOf(payload.envelope.body);
  return { bytes, mediaType: 'application/json', totalBytes: bytes.length };
}

/** The error as it was put to the client past the watched way. */
function errorOf({ operation, id }: ClientRequest, error: GatewayError): SentBody {
  const bytes = Buffer.from(dialects[operation.dialect].errorBody(error, id));
  return { bytes, mediaType: 'application/json', totalBytes: bytes.length };
}

/**
 * Hands over both bodies of an answered request, as they are kept. `error`: what was thrown before anything was sent.
 * Other requests go first: the bodies are gone through for what must not be kept.
 */
export async function keepBodies(
  request: ClientRequest,
  watch: AnswerWatch,
  error: GatewayError | null,
  { redact, bodies, log }: Pick<GatewayDeps, 'redact' | 'bodies' | 'log'>,
): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  try {
    const answer = watch.answer() ?? (error && errorOf(request, error));
    const kept: RecordBodies = {
      request: toKeptBody(requestOf(request.payload), redact),
      answer: answer && toKeptBody(answer, redact),
    };
    bodies(request.id, kept);
  } catch (failure) {
    log.warn('the bodies of a request could not be kept', { id: request.id, error: String(failure) });
  }
}
