// A real outbound proxy on a free port: HTTP with CONNECT and whole URLs, or SOCKS5. Every host leads to this machine.

import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';

export interface ProxyServer {
  readonly port: number;
  /** `host:port` of all that was asked for. */
  readonly asked: string[];
  close(): Promise<void>;
}

interface Options {
  /** Who is let in; anyone where it is left out. */
  user?: string;
  password?: string;
  /** Answers CONNECT with this status instead of a tunnel. */
  refuse?: number;
}

async function listening(server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as net.AddressInfo).port;
}

function closing(server: net.Server, sockets: Set<net.Socket>): () => Promise<void> {
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  return async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
}

function pipe(a: net.Socket, b: net.Socket): void {
  a.on('error', () => b.destroy());
  b.on('error', () => a.destroy());
  a.pipe(b).pipe(a);
}

export async function startHttpProxy(options: Options = {}): Promise<ProxyServer> {
  const asked: string[] = [];
  const expected =
    options.user === undefined
      ? null
      : `Basic ${Buffer.from(`${options.user}:${options.password ?? ''}`).toString('base64')}`;
  const mayPass = (headers: http.IncomingHttpHeaders) =>
    expected === null || headers['proxy-authorization'] === expected;
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '');
    asked.push(url.host);
    if (!mayPass(request.headers)) return void response.writeHead(407).end();
    const { 'proxy-authorization': _mine, ...headers } = request.headers;
    const onward = http.request(
      { host: '127.0.0.1', port: url.port, path: url.pathname + url.search, method: request.method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
    const target = request.url ?? '';
    asked.push(target);
    const status = mayPass(request.headers) ? options.refuse : 407;
    if (status !== undefined) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const upstream = net.connect(Number(target.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      pipe(socket, upstream);
    });
    upstream.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  });
  const close = closing(server, new Set());
  return { port: await listening(server), asked, close };
}

/** RFC 1928 and 1929, for one greeting and one CONNECT a connection. */
export async function startSocksProxy(options: Options = {}): Promise<ProxyServer> {
  const asked: string[] = [];
  const server = net.createServer((socket) => {
    let step: 'greeting' | 'password' | 'request' = 'greeting';
    const onData = (bytes: Buffer) => {
      if (step === 'greeting') {
        const method = options.user === undefined ? 0 : 2;
        step = method === 0 ? 'request' : 'password';
        return void socket.write(Buffer.from([5, bytes.subarray(2).includes(method) ? method : 255]));
      }
      if (step === 'password') {
        const userLength = bytes[1] ?? 0;
        const user = bytes.toString('utf8', 2, 2 + userLength);
        const password = bytes.toString('utf8', 3 + userLength);
        step = 'request';
        const right = user === options.user && password === options.password;
        return void socket.write(Buffer.from([1, right ? 0 : 1]));
      }
      const length = bytes[4] ?? 0;
      const host = bytes[3] === 3 ? bytes.toString('utf8', 5, 5 + length) : bytes.subarray(4, 8).join('.');
      const port = bytes.readUInt16BE(bytes.length - 2);
      asked.push(`${host}:${port}`);
      socket.off('data', onData);
      const upstream = net.connect(port, '127.0.0.1', () => {
        socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
        pipe(socket, upstream);
      });
      upstream.on('error', () => socket.end(Buffer.from([5, 5, 0, 1, 0, 0, 0, 0, 0, 0])));
    };
    socket.on('data', onData);
  });
  const close = closing(server, new Set());
  return { port: await listening(server), asked, close };
}
