// The routes that answer by asking an upstream. They read the request and hand it to the spine; the answer goes out past Fastify.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GatewayError } from '../../base/gatewayError.ts';
import { checkKey } from '../../gateway/admit.ts';
import type { ClientRequest } from '../../gateway/clientRequest.ts';
import { headersToUpstream } from '../../gateway/passHeaders.ts';
import { serveTurn } from '../../gateway/serveTurn.ts';
import { readEnvelope } from '../../protocol/jsonEnvelope.ts';
import { readMultipart } from '../../protocol/multipart.ts';
import { type Operation, operationsByPath } from '../../protocol/operation.ts';
import type { ClientPayload } from '../../upstream/driver.ts';
import type { ServerContext } from '../context.ts';
import { authenticateClient } from '../hooks/authenticateClient.ts';
import { createRawReply } from '../rawReply.ts';
import { readBody } from '../readBody.ts';
import { sendError } from '../sendError.ts';
import { toGatewayError } from '../toGatewayError.ts';

function checkContentType(operation: Operation, contentType: string): void {
  const wanted = operation.body === 'json' ? 'application/json' : 'multipart/form-data';
  const given = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (given === wanted || (operation.body === 'json' && given.endsWith('+json'))) return;
  const found = given === '' ? 'none was sent' : `it was "${given.slice(0, 80)}"`;
  throw new GatewayError('unsupported_media_type', `Send "Content-Type: ${wanted}"; ${found}.`);
}

function readPayload(operation: Operation, body: Buffer, contentType: string): ClientPayload {
  return operation.body === 'json'
    ? { form: 'json', envelope: readEnvelope(body) }
    : { form: 'multipart', envelope: readMultipart(body, contentType), contentType };
}

async function readRequest(
  request: FastifyRequest,
  operation: Operation,
  id: string,
  context: ServerContext,
): Promise<ClientRequest> {
  const { clock, snapshots } = context.gateway;
  const closed = context.closedReason();
  if (closed !== null) throw new GatewayError('gateway_stopping', closed);
  const snapshot = snapshots.current;
  const time = clock.now();
  const arrived = clock.monotonic();
  const { raw } = request;
  const key = authenticateClient(raw, request.originalUrl, snapshot);
  checkKey(key, time);
  const contentType = raw.headers['content-type'] ?? '';
  checkContentType(operation, contentType);
  const body = await readBody(raw, snapshot.settings.server.maxBodyMB * 1_048_576);
  const payload = readPayload(operation, body, contentType);
  return {
    id,
    time,
    arrived,
    key,
    userAgent: (raw.headers['user-agent'] ?? '').slice(0, 200),
    operation,
    payload,
    model: payload.envelope.model,
    stream: payload.envelope.stream,
    wantsUsage: payload.form === 'json' && payload.envelope.wantsUsage,
    passHeaders: headersToUpstream(raw.headers),
  };
}

export function turnRoutes(app: FastifyInstance, context: ServerContext): void {
  for (const [path, operation] of Object.entries(operationsByPath)) {
    app.post(`/v1/${path}`, (request, reply) => {
      reply.hijack();
      const id = context.requestId();
      readRequest(request, operation, id, context)
        .then((client) => serveTurn(client, createRawReply(reply.raw), context.gateway))
        .catch((error: unknown) => sendError(reply.raw, toGatewayError(error, context.log, id), id));
    });
  }
}
