// Puts the HTTP server together: who may speak to it at all, then the gateway's routes, the control plane and the dashboard.
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { GatewayError } from '../base/gatewayError.ts';
import type { ControlRouter } from '../control/router.ts';
import type { Metrics } from '../gateway/metrics.ts';
import { callerDialect } from './callerDialect.ts';
import type { ServerContext } from './context.ts';
import type { AuthenticateAdmin } from './hooks/authenticateAdmin.ts';
import { guardHost } from './hooks/guardHost.ts';
import { guardOrigin, preflightHeaders, setCorsHeaders } from './hooks/guardOrigin.ts';
import { httpLimits } from './listener.ts';
import { rewriteUrl } from './rewriteUrl.ts';
import { controlPrefix, controlRoutes } from './routes/control.ts';
import { dashboardRoutes } from './routes/dashboard.ts';
import { factRoutes } from './routes/facts.ts';
import { modelRoutes } from './routes/models.ts';
import { turnRoutes } from './routes/turns.ts';
import { sendError } from './sendError.ts';
import { toGatewayError } from './toGatewayError.ts';

export interface ServerParts {
  context: ServerContext;
  /** The address the server listens on. */
  listenHost: string;
  metrics: Metrics;
  router: ControlRouter;
  authenticateAdmin: AuthenticateAdmin;
  /** Built dashboard, or null. */
  rendererDir: string | null;
}

const isControl = (url: string): boolean => url === controlPrefix || url.startsWith(`${controlPrefix}/`);

export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const { context, metrics } = parts;

  function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const id = context.requestId();
    reply.hijack();
    sendError(reply.raw, toGatewayError(error, context.log, id), id, callerDialect(request.raw, request.url));
  }

  const app = Fastify({
    logger: false,
    rewriteUrl: (request) => rewriteUrl(request.url ?? '/'),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1_024 },
    // Slow senders: 30 s for the headers, 5 min for a whole upload.
    requestTimeout: 300_000,
    http: { headersTimeout: 30_000, ...httpLimits },
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    trustProxy: false,
    // Before there is a route, and so before all hooks: a path that can't be decoded.
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
  });
  app.server.maxConnections = 4_096;

  // Gateway routes read the raw stream themselves, under the limit in the settings.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));

  app.addHook('onRequest', (request, reply, done) => {
    const { settings } = context.gateway.snapshots.current;
    const { raw } = request;
    guardHost(raw, { listenHost: parts.listenHost, allowedHosts: settings.server.allowedHosts });
    if (isControl(request.url)) {
      done();
      return;
    }
    setCorsHeaders(raw, reply.raw);
    if (raw.method === 'OPTIONS') {
      reply.hijack();
      reply.raw.writeHead(204, preflightHeaders(raw));
      reply.raw.end();
      return;
    }
    guardOrigin(raw, { allowedOrigins: settings.server.allowedOrigins, onUnknown: context.onUnknownOrigin });
    done();
  });

  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0]?.slice(0, 200);
    reply.hijack();
    const message = `There is nothing at ${request.method} ${path}. The base URL for clients ends in /v1.`;
    const dialect = callerDialect(request.raw, request.url);
    sendError(reply.raw, new GatewayError('route_not_found', message), context.requestId(), dialect);
  });

  turnRoutes(app, context);
  modelRoutes(app, context);
  factRoutes(app, context);
  app.get('/metrics', { onRequest: parts.authenticateAdmin }, (_request, reply) => {
    const { gateway, accountStates } = context;
    return reply
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(metrics.text(gateway.snapshots.current, accountStates, gateway.inFlight.size));
  });
  await app.register(controlRoutes, {
    router: parts.router,
    authenticateAdmin: parts.authenticateAdmin,
    log: context.log,
    version: context.version,
  });
  await app.register(dashboardRoutes, { context, rendererDir: parts.rendererDir });
  return app;
}
