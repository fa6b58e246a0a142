// The three ways a window reaches the operations. Each gives the same client; closing it closes what lies between.
import { createHash } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { createRouterClient } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import Fastify, { type FastifyInstance } from 'fastify';
import { systemClock } from '../../main/base/clock.ts';
import { GatewayError } from '../../main/base/gatewayError.ts';
import { contract } from '../../main/contract/operations.ts';
import type { ControlClient } from '../../main/control/router.ts';
import { createAuthenticateAdmin } from '../../main/server/hooks/authenticateAdmin.ts';
import { controlRoutes } from '../../main/server/routes/control.ts';
import { type ControlBench, planted } from './controlBench.ts';

export interface Carrier {
  client: ControlClient;
  close(): Promise<void>;
}

export type OpenCarrier = (bench: ControlBench) => Carrier | Promise<Carrier>;

export function inProcess(bench: ControlBench): Carrier {
  return { client: createRouterClient(bench.router) as ControlClient, close: async () => {} };
}

export interface HttpServer {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  close(): Promise<void>;
}

/** Clients open connections to spare. Node takes one that never carried a request for busy and would wait for it. */
async function closeApp(app: FastifyInstance, sockets: ReadonlySet<Socket>): Promise<void> {
  const sweep = setInterval(() => {
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  }, 10);
  await app.close();
  clearInterval(sweep);
}

/** A bare app that reads every body as bytes, as the gateway's does. */
export async function listen(
  bench: ControlBench,
  options: { keepAliveMs?: number } = {},
): Promise<HttpServer> {
  const app = Fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async ({ headers }) => {
    if (headers.host === 'evil.test') throw new GatewayError('host_not_allowed', 'This is not our name.');
  });
  app.post('/raw', (request) => ({ buffer: Buffer.isBuffer(request.body) }));
  const adminTokenHash = () => createHash('sha256').update(planted.adminToken).digest('hex');
  await app.register(controlRoutes, {
    router: bench.router,
    authenticateAdmin: createAuthenticateAdmin({ adminTokenHash, clock: systemClock }),
    log: bench.deps.log,
    version: '1.2.3',
    ...options,
  });
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => closeApp(app, sockets) };
}

async function overHttp(bench: ControlBench): Promise<Carrier> {
  const server = await listen(bench);
  const link = new OpenAPILink(contract, {
    url: `${server.origin}/control`,
    headers: { authorization: `Bearer ${planted.adminToken}` },
  });
  return { client: createORPCClient(link), close: server.close };
}

function overMessagePort(bench: ControlBench): Carrier {
  const { port1, port2 } = new MessageChannel();
  new RPCHandler(bench.router).upgrade(port1);
  const client: ControlClient = createORPCClient(new RPCLink({ port: port2 }));
  port1.start();
  port2.start();
  return {
    client,
    close: async () => {
      port1.close();
      port2.close();
    },
  };
}

export const carriers: readonly [name: string, open: OpenCarrier][] = [
  ['in process', inProcess],
  ['over HTTP', overHttp],
  ['over a MessagePort', overMessagePort],
];
