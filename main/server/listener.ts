// Binds a server to its address, on both loopback families where the address is loopback, and lets go of it again.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Someone else listens there (or the system forbids it). */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  readonly host: string;
  readonly port: number;
  /** Nobody listens there: the system keeps it. */
  readonly reserved: boolean;
  constructor(host: string, port: number, code: string) {
    super(
      code === 'EACCES'
        ? `Port ${port} on ${host} is reserved by the system. Choose another port.`
        : `Port ${port} on ${host} is taken by another program. Stop it or choose another port.`,
    );
    this.host = host;
    this.port = port;
    this.reserved = code === 'EACCES';
  }
}

/** No such address on this machine. */
export class AddressUnusableError extends Error {
  override readonly name = 'AddressUnusableError';
  constructor(host: string) {
    super(
      `This machine has no address "${host}" to listen on. Use 127.0.0.1 for this machine alone, or 0.0.0.0 for the network.`,
    );
  }
}

export interface Listener {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** What a server is made with, and can't be told later. */
export const httpLimits = { connectionsCheckingInterval: 5_000, maxHeaderSize: 64 * 1024 } as const;

/** The other loopback address: `localhost` means ::1 to some clients and 127.0.0.1 to others. */
export function twinOf(host: string): string | null {
  if (host === '127.0.0.1') return '::1';
  return host === '::1' ? '127.0.0.1' : null;
}

function listenTwin(app: FastifyInstance, host: string, port: number): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const { headersTimeout, requestTimeout, keepAliveTimeout, maxConnections } = app.server;
    const twin = createServer(
      { ...httpLimits, headersTimeout, requestTimeout, keepAliveTimeout },
      (request, response) => app.routing(request, response),
    );
    twin.maxConnections = maxConnections;
    twin.once('error', (error: NodeJS.ErrnoException) => {
      // Taken by another program: clients that say "localhost" might reach that one. No such family at all: fine.
      if (error.code === 'EADDRINUSE') reject(error);
      else resolve(null);
    });
    twin.listen({ host, port, ipv6Only: host === '::1' }, () => resolve(twin));
  });
}

const takenCodes = new Set(['EADDRINUSE', 'EACCES']);
const addressCodes = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL']);
/** Answers still on their way out get this long once the port is closed. */
const spareMs = 1_000;

function closeServer(server: Server): Promise<void> {
  server.closeIdleConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** With port 0 the family's twin may find the chosen port taken: a few other ports are tried. */
const freePortTries = 5;

async function bind(
  app: FastifyInstance,
  host: string,
  port: number,
): Promise<{ port: number; twin: Server | null }> {
  await app.listen({ host, port });
  const bound = (app.server.address() as AddressInfo).port;
  const twinHost = twinOf(host);
  return { port: bound, twin: twinHost ? await listenTwin(app, twinHost, bound) : null };
}

/** `build` makes a fresh server for each try: a closed one can't listen again. Throws PortTakenError. */
export async function listen(
  build: () => Promise<FastifyInstance>,
  host: string,
  port: number,
): Promise<Listener> {
  for (let left = port === 0 ? freePortTries : 1; ; left--) {
    const app = await build();
    try {
      const bound = await bind(app, host, port);
      return {
        host,
        port: bound.port,
        async close() {
          const servers = [app.server, ...(bound.twin ? [bound.twin] : [])];
          const closed = [app.close(), ...(bound.twin ? [closeServer(bound.twin)] : [])];
          // Browsers keep spare connections that never carried a request, and a request may itself wait for this close.
          const cut = setTimeout(() => {
            for (const server of servers) server.closeAllConnections();
          }, spareMs);
          await Promise.all(closed);
          clearTimeout(cut);
        },
      };
    } catch (error) {
      await app.close();
      const { code } = error as NodeJS.ErrnoException;
      if (code && addressCodes.has(code)) throw new AddressUnusableError(host);
      if (!code || !takenCodes.has(code)) throw error;
      if (left <= 1) throw new PortTakenError(host, port, code);
    }
  }
}
