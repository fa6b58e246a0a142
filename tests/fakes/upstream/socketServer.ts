// A port of this machine, the connections that are open to it, and their hard end.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

export interface SocketServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Open connections. */
  readonly connections: number;
  /** Closes every connection hard. */
  close(): Promise<void>;
}

/** Port 0 takes any that is free. `serve` gets each connection with its serial number, from 1. */
export async function createSocketServer(
  port: number,
  serve: (socket: Socket, serial: number) => void,
): Promise<SocketServer> {
  const sockets = new Set<Socket>();
  let serial = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serial += 1;
    serve(socket, serial);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const taken = typeof address === 'object' && address ? address.port : 0;
  return {
    port: taken,
    origin: `http://127.0.0.1:${taken}`,
    get connections() {
      return sockets.size;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
