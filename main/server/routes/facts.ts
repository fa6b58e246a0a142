// The routes that answer from what the gateway knows itself: status, health, and zeros for a bill that is none.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { answerHeaders } from '../../gateway/answerHeaders.ts';
import { endpointStatuses } from '../../gateway/poolStatus.ts';
import type { CompiledClientKey } from '../../registry/snapshot.ts';
import { type ServerContext, sendJson } from '../context.ts';
import { knownKey } from '../readTurnRequest.ts';

export function factRoutes(app: FastifyInstance, context: ServerContext): void {
  const { gateway, accountStates } = context;

  const keyOf = (request: FastifyRequest): CompiledClientKey => knownKey(request, context);
  const headers = (): Record<string, string> => answerHeaders(context.requestId());

  app.get('/v1/status', (request, reply) => {
    keyOf(request);
    reply.hijack();
    const statuses = endpointStatuses(gateway.snapshots.current, accountStates);
    const accounts = statuses.flatMap((status) =>
      status.accounts.map((account) => ({ endpoint: status.id, ...account })),
    );
    const apis = statuses.map(({ accounts: _, ...row }) => row);
    const timestamp = new Date(gateway.clock.now()).toISOString();
    sendJson(reply.raw, 200, { service: 'sluice', timestamp, apis, accounts }, headers());
  });

  // NextChat and its kin show what is left of a bill; there is none here.
  const zeros = { object: 'billing_subscription', total_usage: 0, hard_limit_usd: 0, soft_limit_usd: 0 };
  for (const page of ['subscription', 'usage', 'credit_grants']) {
    for (const root of ['/dashboard/billing', '/v1/dashboard/billing']) {
      app.get(`${root}/${page}`, (request, reply) => {
        keyOf(request);
        reply.hijack();
        sendJson(reply.raw, 200, zeros, headers());
      });
    }
  }

  app.get('/health', (_request, reply) => {
    reply.hijack();
    const closed = context.closedReason() !== null;
    sendJson(reply.raw, 200, { status: 'ok', gateway: closed ? 'off' : 'on' }, headers());
  });
}
