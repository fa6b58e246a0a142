// The control plane over HTTP below `/control`: the contract's own routes, their description and the stream of live events.
import type { ServerResponse } from 'node:http';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GatewayError } from '../../base/gatewayError.ts';
import type { Log } from '../../base/log.ts';
import { createOpenApiDocument } from '../../control/openApiDocument.ts';
import type { ControlRouter } from '../../control/router.ts';
import { refuseControl } from '../controlRefusal.ts';
import type { AuthenticateAdmin } from '../hooks/authenticateAdmin.ts';
import { guardOwnOrigin } from '../hooks/guardOwnOrigin.ts';

export interface ControlRoutesOptions {
  router: ControlRouter;
  /** From createAuthenticateAdmin; share it with other routes that ask for the admin token. */
  authenticateAdmin: AuthenticateAdmin;
  log: Log;
  version: string;
  /** Silence on the stream of events after which a comment shows that it lives. */
  keepAliveMs?: number;
}

export const controlPrefix = '/control';

/** Answers that have no end. */
const streamPaths = new Set([`${controlPrefix}/events`, `${controlPrefix}/logs/tail`]);
const triesPath = `${controlPrefix}/requests/try`;
const bodyLimit = 256 * 1024;
/** What is tried may hold images, as a client's own requests do. */
const trialLimit = 64 * 1024 * 1024;
const defaultKeepAliveMs = 15_000;
/** Each open dashboard holds one; more than this is a leak or an attack. */
const maxEventStreams = 32;

function answerError(
  error: FastifyError | GatewayError,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Log,
): FastifyReply {
  // From the surrounding app's own guards, such as the one that checks Host.
  if (error instanceof GatewayError) {
    const { status, message } = error;
    return reply.code(status).send({ defined: false, code: error.code.toUpperCase(), status, message });
  }
  const status = error.statusCode ?? 500;
  if (status === 413)
    return refuseControl(
      reply,
      'PAYLOAD_TOO_LARGE',
      `The body is larger than ${request.routeOptions.bodyLimit / 1024} KiB.`,
    );
  if (status === 415)
    return refuseControl(reply, 'UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.');
  if (status >= 400 && status < 500)
    return refuseControl(reply, 'BAD_REQUEST', 'The request could not be read. Is the body valid JSON?');
  log.error('a control request failed', { error: error.stack ?? error.message });
  return refuseControl(
    reply,
    'INTERNAL_SERVER_ERROR',
    'The operation failed inside Sluice. The log says why.',
  );
}

/**
 * Register it without a prefix: `app.register(controlRoutes, options)`. It brings its own JSON parser and error shape
 * and leaves those of the surrounding app alone.
 */
export async function controlRoutes(app: FastifyInstance, options: ControlRoutesOptions): Promise<void> {
  const handler = new OpenAPIHandler(options.router, {
    eventIteratorKeepAliveInterval: options.keepAliveMs ?? defaultKeepAliveMs,
  });
  const streams = new Set<ServerResponse>();
  let description: ReturnType<typeof createOpenApiDocument> | null = null;

  app.removeAllContentTypeParsers();
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else parseJson(request, body as string, done);
  });
  app.setErrorHandler((error: FastifyError | GatewayError, request, reply) =>
    answerError(error, request, reply, options.log),
  );
  app.addHook('onRequest', guardOwnOrigin);
  app.addHook('onRequest', options.authenticateAdmin);
  // Event streams have no end of their own and would hold up the server's.
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.destroy();
  });

  app.get(`${controlPrefix}/openapi.json`, { exposeHeadRoute: false }, () => {
    description ??= createOpenApiDocument({ version: options.version, prefix: controlPrefix });
    return description;
  });

  async function operate(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const path = request.url.split('?', 1)[0];
    const endless = path !== undefined && streamPaths.has(path);
    if (endless && request.method === 'GET') {
      if (streams.size >= maxEventStreams)
        return refuseControl(reply, 'UNAVAILABLE', 'Too many windows listen for events already.');
      const response = reply.raw;
      streams.add(response);
      response.once('close', () => streams.delete(response));
    }
    // Reverse proxies would collect events otherwise.
    if (endless || path === triesPath) reply.header('x-accel-buffering', 'no');
    const { matched } = await handler.handle(request, reply, { prefix: controlPrefix, context: {} });
    if (matched) return reply;
    return refuseControl(reply, 'NOT_FOUND', `There is no operation ${request.method} ${path}.`);
  }
  app.post(triesPath, { bodyLimit: trialLimit }, operate);
  app.all(controlPrefix, { bodyLimit }, operate);
  app.all(`${controlPrefix}/*`, { bodyLimit }, operate);
}
