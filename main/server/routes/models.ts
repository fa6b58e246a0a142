// The model lists, in the shape each dialect's clients read.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GatewayError } from '../../base/gatewayError.ts';
import { answerHeaders } from '../../gateway/answerHeaders.ts';
import { findGeminiModel, listGeminiModels } from '../../gateway/listGeminiModels.ts';
import { findModel, listModels } from '../../gateway/listModels.ts';
import type { CompiledClientKey } from '../../registry/snapshot.ts';
import { callerDialect } from '../callerDialect.ts';
import { type ServerContext, sendJson } from '../context.ts';
import { knownKey } from '../readTurnRequest.ts';

export function modelRoutes(app: FastifyInstance, context: ServerContext): void {
  const { gateway } = context;

  app.get<{ Querystring: { client_version?: string } }>('/v1/models', (request, reply) => {
    const key = knownKey(request, context);
    // Codex reads a list of its own kind and chokes on this one; a 404 it takes for "no list here".
    if (request.query.client_version !== undefined)
      throw new GatewayError('route_not_found', "There is no model list of Codex's own kind here.");
    send(reply, listFor(request, key));
  });
  app.get('/v1beta/models', (request, reply) => send(reply, listFor(request, knownKey(request, context))));
  for (const root of ['/v1', '/v1beta']) {
    app.get<{ Params: { '*': string } }>(`${root}/models/*`, (request, reply) =>
      send(reply, oneFor(request, knownKey(request, context), request.params['*'])),
    );
  }

  const speaksGemini = (request: FastifyRequest): boolean =>
    callerDialect(request.raw, request.url) === 'gemini';

  function listFor(request: FastifyRequest, key: CompiledClientKey): unknown {
    const list = speaksGemini(request) ? listGeminiModels : listModels;
    return list(gateway.snapshots.current, key, gateway);
  }

  function oneFor(request: FastifyRequest, key: CompiledClientKey, name: string): unknown {
    const find = speaksGemini(request) ? findGeminiModel : findModel;
    const model = find(gateway.snapshots.current, key, name, gateway);
    if (model) return model;
    const message = `No endpoint serves the model "${name.slice(0, 200)}".`;
    throw new GatewayError('model_not_found', message, { param: 'model' });
  }

  function send(reply: FastifyReply, document: unknown): void {
    reply.hijack();
    sendJson(reply.raw, 200, document, answerHeaders(context.requestId()));
  }
}
