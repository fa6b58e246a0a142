// The routes that answer by asking an upstream. They read the request and hand it to the spine; the answer goes out past Fastify.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GatewayError } from '../../base/gatewayError.ts';
import { answerHeaders } from '../../gateway/answerHeaders.ts';
import { countTokens } from '../../gateway/countTokens.ts';
import { headersToUpstream } from '../../gateway/passHeaders.ts';
import { serveTurn } from '../../gateway/serveTurn.ts';
import type { DialectName } from '../../protocol/dialect.ts';
import { conversations, geminiMethods, type Operation, operationsByPath } from '../../protocol/operation.ts';
import { type ServerContext, sendJson } from '../context.ts';
import { createRawReply } from '../rawReply.ts';
import { admitCaller, type PathFacts, readTurnBody, readTurnRequest } from '../readTurnRequest.ts';
import { sendError } from '../sendError.ts';
import { toGatewayError } from '../toGatewayError.ts';

/** `gemini-2.5-pro:generateContent`, of which the model may hold colons and slashes itself. */
function splitMethod(rest: string): { model: string; method: string } {
  const colon = rest.lastIndexOf(':');
  const model = (colon < 0 ? rest : rest.slice(0, colon)).replace(/^models\//, '');
  return { model, method: colon < 0 ? '' : rest.slice(colon + 1) };
}

/** All is done once a request is let in: Fastify's parsers and further hooks have no part in what answers past it. */
const neverReached = (): void => {};

export function turnRoutes(app: FastifyInstance, context: ServerContext): void {
  /** Runs what answers, and puts what it throws into the caller's dialect. */
  function answer(reply: FastifyReply, dialect: DialectName, work: (id: string) => Promise<void>): void {
    reply.hijack();
    const id = context.requestId();
    work(id).catch((error: unknown) =>
      sendError(reply.raw, toGatewayError(error, context.log, id), id, dialect),
    );
  }

  function serve(
    request: FastifyRequest,
    reply: FastifyReply,
    operation: Operation,
    path: PathFacts | null = null,
  ): void {
    answer(reply, operation.dialect, async (id) => {
      const turn = await readTurnRequest(request, operation, id, context, path);
      await serveTurn(turn, createRawReply(reply.raw), context.gateway);
    });
  }

  function count(
    request: FastifyRequest,
    reply: FastifyReply,
    dialect: 'messages' | 'gemini',
    model: string | null,
  ): void {
    answer(reply, dialect, async (id) => {
      const { key } = admitCaller(request, context);
      const body = await readTurnBody(request, 'json', context);
      const passHeaders = headersToUpstream(request.raw.headers);
      const { document, estimated, origin } = await countTokens(
        { key, dialect, model, body, passHeaders },
        context.gateway,
      );
      sendJson(reply.raw, 200, document, {
        ...answerHeaders(id, origin),
        'request-id': id,
        ...(estimated ? { 'x-sluice-estimated': 'true' } : {}),
      });
    });
  }

  for (const [path, operation] of Object.entries(operationsByPath)) {
    app.post(
      `/v1/${path}`,
      { onRequest: (request, reply) => serve(request, reply, operation) },
      neverReached,
    );
  }
  app.post(
    '/v1/messages/count_tokens',
    { onRequest: (request, reply) => count(request, reply, 'messages', null) },
    neverReached,
  );

  // Codex tries a WebSocket first; any other status but this makes it try again.
  app.get('/v1/responses', (_request, reply) => {
    const message = 'Responses are served over POST here, not over a WebSocket.';
    reply.hijack();
    const body = { error: { message, type: 'invalid_request_error', code: 'upgrade_required', param: null } };
    sendJson(reply.raw, 426, body, { ...answerHeaders(context.requestId()), upgrade: 'HTTP/1.1' });
  });

  app.post<{ Params: { '*': string }; Querystring: { alt?: string } }>(
    '/v1beta/models/*',
    {
      onRequest(request, reply) {
        const { model, method } = splitMethod(request.params['*']);
        if (method === 'countTokens') {
          count(request, reply, 'gemini', model);
          return;
        }
        const known = geminiMethods[method];
        if (!known) {
          const message = `There is no method "${method.slice(0, 60)}" here. Use ${Object.keys(geminiMethods).join(', ')} or countTokens.`;
          answer(reply, conversations.gemini.dialect, () =>
            Promise.reject(new GatewayError('route_not_found', message)),
          );
          return;
        }
        const framing = known.stream && request.query.alt !== 'sse' ? 'array' : 'sse';
        serve(request, reply, known.operation, { model, stream: known.stream, framing });
      },
    },
    neverReached,
  );
}
