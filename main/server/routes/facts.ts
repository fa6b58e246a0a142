// The routes that answer from what the gateway knows itself: models, status, health.
import type { FastifyInstance } from 'fastify';
import { GatewayError } from '../../base/gatewayError.ts';
import { checkKey } from '../../gateway/admit.ts';
import { findModel, listModels } from '../../gateway/listModels.ts';
import { endpointStatuses } from '../../gateway/poolStatus.ts';
import type { CompiledClientKey } from '../../registry/snapshot.ts';
import { type ServerContext, sendJson } from '../context.ts';
import { authenticateClient } from '../hooks/authenticateClient.ts';

export function factRoutes(app: FastifyInstance, context: ServerContext): void {
  const { gateway, accountStates } = context;

  function keyOf(request: {
    raw: import('node:http').IncomingMessage;
    originalUrl: string;
  }): CompiledClientKey {
    const key = authenticateClient(request.raw, request.originalUrl, gateway.snapshots.current);
    checkKey(key, gateway.clock.now());
    return key;
  }

  const idHeader = (): Record<string, string> => ({ 'x-request-id': context.requestId() });

  app.get<{ Querystring: { client_version?: string } }>('/v1/models', (request, reply) => {
    const key = keyOf(request);
    // Codex reads a list of its own kind and chokes on this one; a 404 it takes for "no list here".
    if (request.query.client_version !== undefined)
      throw new GatewayError('route_not_found', "There is no model list of Codex's own kind here.");
    reply.hijack();
    sendJson(reply.raw, 200, listModels(gateway.snapshots.current, key, gateway), idHeader());
  });

  app.get<{ Params: { '*': string } }>('/v1/models/*', (request, reply) => {
    const key = keyOf(request);
    const name = request.params['*'];
    const model = findModel(gateway.snapshots.current, key, name, gateway);
    if (!model)
      throw new GatewayError('model_not_found', `No endpoint serves the model "${name.slice(0, 200)}".`, {
        param: 'model',
      });
    reply.hijack();
    sendJson(reply.raw, 200, model, idHeader());
  });

  app.get('/v1/status', (request, reply) => {
    keyOf(request);
    reply.hijack();
    const statuses = endpointStatuses(gateway.snapshots.current, accountStates);
    const accounts = statuses.flatMap((status) =>
      status.accounts.map((account) => ({ endpoint: status.id, ...account })),
    );
    const apis = statuses.map(({ accounts: _, ...row }) => row);
    const timestamp = new Date(gateway.clock.now()).toISOString();
    sendJson(reply.raw, 200, { service: 'sluice', timestamp, apis, accounts }, idHeader());
  });

  // NextChat and its kin show what is left of a bill; there is none here.
  for (const root of ['/dashboard/billing', '/v1/dashboard/billing']) {
    const zeros = { object: 'billing_subscription', total_usage: 0, hard_limit_usd: 0, soft_limit_usd: 0 };
    for (const page of ['subscription', 'usage', 'credit_grants']) {
      app.get(`${root}/${page}`, (request, reply) => {
        keyOf(request);
        reply.hijack();
        sendJson(reply.raw, 200, zeros, idHeader());
      });
    }
  }

  app.get('/health', (_request, reply) => {
    reply.hijack();
    const closed = context.closedReason() !== null;
    sendJson(reply.raw, 200, { status: 'ok', gateway: closed ? 'off' : 'on' });
  });
}
