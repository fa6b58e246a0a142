import { GatewayError } from '../../base/gatewayError.ts';
import type { TrialInput } from '../../contract/schemas/trial.ts';
import { type JsonEnvelope, readEnvelope } from '../../protocol/jsonEnvelope.ts';
import { conversations } from '../../protocol/operation.ts';
import { windowKey } from '../../registry/windowKey.ts';
import type { ClientRequest } from '../clientRequest.ts';
import type { GatewayDeps } from '../deps.ts';

const userAgent = 'Sluice window';

const envelopeOf = (body: unknown, path?: { model: string; stream: boolean }): JsonEnvelope =>
  readEnvelope(Buffer.from(JSON.stringify(body)), path);

/** Gemini's clients name the model, and say that they want a stream, in the path: here both stand in the body and are taken out. */
function geminiEnvelope({ model, stream, ...body }: Readonly<Record<string, unknown>>): JsonEnvelope {
  if (typeof model === 'string' && model.trim() !== '')
    return envelopeOf(body, { model: model.trim(), stream: stream === true });
  const message = 'Say which model you want: "model" must be a non-empty string.';
  throw new GatewayError('invalid_request', message, { param: 'model' });
}

/** A request of the window as one of a client's. Throws GatewayError. */
export function readTrialRequest(
  { operation, body, endpointId }: TrialInput,
  id: string,
  { clock }: Pick<GatewayDeps, 'clock'>,
): ClientRequest {
  const envelope = operation === 'gemini' ? geminiEnvelope(body) : envelopeOf(body);
  return {
    id,
    time: clock.now(),
    arrived: clock.monotonic(),
    key: windowKey,
    oldSecret: false,
    userAgent,
    operation: conversations[operation],
    payload: { form: 'json', envelope },
    model: envelope.model,
    stream: envelope.stream,
    framing: 'sse',
    wantsUsage: envelope.wantsUsage,
    onlyEndpoint: endpointId,
    passHeaders: {},
  };
}
