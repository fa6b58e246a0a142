// The dashboard's files for a browser, and a word about the pool's health for anything else that asks for `/`.
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { contentSecurityPolicy } from '../../base/contentSecurityPolicy.ts';
import { answerHeaders } from '../../gateway/answerHeaders.ts';
import { poolHealth } from '../../gateway/poolStatus.ts';
import { type ServerContext, sendJson } from '../context.ts';

const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
} as const;

/** `rendererDir` null: there is no dashboard to serve, only the JSON. */
export async function dashboardRoutes(
  app: FastifyInstance,
  options: { context: ServerContext; rendererDir: string | null },
): Promise<void> {
  const { context, rendererDir } = options;
  if (rendererDir) {
    await app.register(fastifyStatic, {
      root: rendererDir,
      // Only the files there are: no path of a request is ever joined to the folder.
      wildcard: false,
      index: false,
      setHeaders(reply, path) {
        reply.headers(securityHeaders);
        // Built files carry a digest in their names.
        const immutable = /[\\/]assets[\\/]/.test(path);
        reply.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.get('/', (request, reply) => {
    if (rendererDir && /text\/html/.test(request.headers.accept ?? '')) return reply.sendFile('index.html');
    reply.hijack();
    const { snapshots } = context.gateway;
    const pool = poolHealth(snapshots.current, context.accountStates);
    const gateway = context.closedReason() === null ? 'on' : 'off';
    const facts = { service: 'sluice', version: context.version, gateway, pool };
    sendJson(reply.raw, 200, facts, answerHeaders(context.requestId()));
    return reply;
  });
}
