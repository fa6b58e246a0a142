// Reads a client's request for an upstream: who asks, and what routing needs of it.
import type { FastifyRequest } from 'fastify';
import { type Bytes, wholeOf } from '../base/chunkedBytes.ts';
import { GatewayError } from '../base/gatewayError.ts';
import { checkKey } from '../gateway/admit.ts';
import type { ClientRequest } from '../gateway/clientRequest.ts';
import { headersToUpstream } from '../gateway/passHeaders.ts';
import { readEnvelope } from '../protocol/jsonEnvelope.ts';
import { readMultipart } from '../protocol/multipart.ts';
import type { Operation } from '../protocol/operation.ts';
import type { CompiledClientKey } from '../registry/snapshot.ts';
import type { ClientPayload } from '../upstream/driver.ts';
import type { ServerContext } from './context.ts';
import { authenticateClient, type Caller } from './hooks/authenticateClient.ts';
import { readBody } from './readBody.ts';

/** What a path says beyond the operation: in Gemini's dialect nearly everything. */
export interface PathFacts {
  readonly model: string;
  readonly stream: boolean;
  readonly framing: 'sse' | 'array';
}

function checkContentType(wanted: 'application/json' | 'multipart/form-data', contentType: string): void {
  const given = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (given === wanted || (wanted === 'application/json' && given.endsWith('+json'))) return;
  const found = given === '' ? 'none was sent' : `it was "${given.slice(0, 80)}"`;
  throw new GatewayError('unsupported_media_type', `Send "Content-Type: ${wanted}"; ${found}.`);
}

function knownCaller(request: FastifyRequest, { gateway }: ServerContext): Caller {
  const now = gateway.clock.now();
  const caller = authenticateClient(request.raw, request.originalUrl, gateway.snapshots.current, now);
  checkKey(caller.key, now);
  return caller;
}

/** The client key behind a request. Throws `invalid_api_key` or `client_key_disabled`. */
export function knownKey(request: FastifyRequest, context: ServerContext): CompiledClientKey {
  return knownCaller(request, context).key;
}

/** The same where an upstream will be asked: only while the gateway is on. */
export function admitCaller(request: FastifyRequest, context: ServerContext): Caller {
  const closed = context.closedReason();
  if (closed !== null) throw new GatewayError('gateway_stopping', closed);
  return knownCaller(request, context);
}

/** The body's bytes, of the type and below the size that are allowed. */
export async function readTurnBody(
  { raw }: FastifyRequest,
  form: Operation['body'],
  context: ServerContext,
): Promise<Bytes> {
  checkContentType(
    form === 'json' ? 'application/json' : 'multipart/form-data',
    raw.headers['content-type'] ?? '',
  );
  return readBody(raw, context.gateway.snapshots.current.settings.server.maxBodyMB * 1_048_576);
}

function readPayload(
  operation: Operation,
  body: Bytes,
  contentType: string,
  path: PathFacts | null,
): ClientPayload {
  if (operation.body === 'multipart')
    return { form: 'multipart', envelope: readMultipart(wholeOf(body), contentType), contentType };
  return { form: 'json', envelope: readEnvelope(body, path ?? undefined) };
}

/** `path`: what stands there, for dialects whose bodies do not say it. Throws GatewayError. */
export async function readTurnRequest(
  request: FastifyRequest,
  operation: Operation,
  id: string,
  context: ServerContext,
  path: PathFacts | null = null,
): Promise<ClientRequest> {
  const { clock } = context.gateway;
  const time = clock.now();
  const arrived = clock.monotonic();
  const { key, oldSecret } = admitCaller(request, context);
  const body = await readTurnBody(request, operation.body, context);
  const { headers } = request.raw;
  const payload = readPayload(operation, body, headers['content-type'] ?? '', path);
  return {
    id,
    time,
    arrived,
    key,
    oldSecret,
    userAgent: (headers['user-agent'] ?? '').slice(0, 200),
    operation,
    payload,
    model: payload.envelope.model,
    stream: payload.envelope.stream,
    framing: path?.framing ?? 'sse',
    wantsUsage: payload.form === 'json' && payload.envelope.wantsUsage,
    onlyEndpoint: null,
    passHeaders: headersToUpstream(headers),
  };
}
