// A raw connection to a host, straight or through a proxy, for the doctor to look at. Requests of clients never come by here.
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

export interface Target {
  readonly host: string;
  readonly port: number;
}

/** The proxy answered, and will not. */
export class ProxyRefusedError extends Error {
  override readonly name = 'ProxyRefusedError';
}

/** No connection within the time. */
export class ConnectTimeoutError extends Error {
  override readonly name = 'ConnectTimeoutError';
  readonly code = 'ETIMEDOUT';
}

const standardPorts: Readonly<Record<string, number>> = {
  'http:': 80,
  'https:': 443,
  'socks5:': 1080,
};

/** Where a URL's connection goes; IPv6 without its brackets. */
export function targetOf(url: string): Target {
  const { protocol, hostname, port } = new URL(url);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (standardPorts[protocol] ?? 443) : Number(port),
  };
}

/** Waits for `event`; fails with the socket's error, after `ms` (0 = never), or when the signal says so. */
export function whenReady(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  ms: number,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer =
      ms > 0 ? setTimeout(() => socket.destroy(new ConnectTimeoutError('timed out')), ms) : undefined;
    const onAbort = (): void => void socket.destroy(new Error('cancelled'));
    const settle = (then: () => void) => (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      then();
    };
    socket.once(event, settle(resolve));
    socket.once('error', (error) => settle(() => reject(error))());
    socket.once(
      'close',
      settle(() => reject(new Error('the connection was closed'))),
    );
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** Reads until `take` finds a whole reply at the front; what comes after it goes back into the socket. */
function readReply<T>(
  socket: Socket,
  take: (bytes: Buffer) => { reply: T; length: number } | null,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const stop = (): void => {
      socket.off('data', onData);
      socket.off('error', onError);
      socket.off('close', onClose);
    };
    const onError = (error: Error): void => {
      stop();
      reject(error);
    };
    const onClose = (): void => onError(new ProxyRefusedError('it closed the connection'));
    const onData = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      const found = take(bytes);
      if (!found && bytes.length < 65_536) return;
      stop();
      socket.pause();
      if (!found) {
        reject(new ProxyRefusedError('its reply is no proxy’s'));
        return;
      }
      if (bytes.length > found.length) socket.unshift(bytes.subarray(found.length));
      resolve(found.reply);
    };
    socket.on('data', onData);
    socket.once('error', onError);
    socket.once('close', onClose);
    socket.resume();
  });
}

async function askHttpProxy(socket: Socket, proxy: URL, { host, port }: Target): Promise<void> {
  const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const user = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const auth = proxy.username ? `Proxy-Authorization: Basic ${Buffer.from(user).toString('base64')}\r\n` : '';
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${auth}\r\n`);
  const head = await readReply(socket, (bytes) => {
    const end = bytes.indexOf('\r\n\r\n');
    return end < 0 ? null : { reply: bytes.toString('latin1', 0, end), length: end + 4 };
  });
  const [line = ''] = head.split('\r\n');
  if (!/^HTTP\/1\.\d 2\d\d/.test(line)) throw new ProxyRefusedError(line.slice(0, 120));
}

const socksRefusals: Readonly<Record<number, string>> = {
  1: 'general failure',
  2: 'not allowed by its rules',
  3: 'network unreachable',
  4: 'host unreachable',
  5: 'connection refused',
  6: 'TTL expired',
};

async function askSocksProxy(socket: Socket, proxy: URL, { host, port }: Target): Promise<void> {
  const sized = (text: string): Buffer => {
    const bytes = Buffer.from(text);
    return Buffer.concat([Buffer.from([bytes.length]), bytes]);
  };
  const two = (bytes: Buffer) => (bytes.length < 2 ? null : { reply: bytes[1] as number, length: 2 });
  socket.write(Buffer.from(proxy.username ? [5, 2, 0, 2] : [5, 1, 0]));
  const method = await readReply(socket, two);
  if (method === 2) {
    const [user, password] = [proxy.username, proxy.password].map(decodeURIComponent) as [string, string];
    socket.write(Buffer.concat([Buffer.from([1]), sized(user), sized(password)]));
    if ((await readReply(socket, two)) !== 0) throw new ProxyRefusedError('user name or password is wrong');
  } else if (method !== 0) throw new ProxyRefusedError('it asks for a user name and password');
  socket.write(Buffer.concat([Buffer.from([5, 1, 0, 3]), sized(host), Buffer.from([port >> 8, port & 255])]));
  const refusal = await readReply(socket, (bytes) => {
    const address = { 1: 4, 4: 16, 3: 1 + (bytes[4] ?? 0) }[bytes[3] ?? 1] ?? 4;
    const length = 6 + address;
    return bytes.length < Math.min(length, 5) || (bytes[1] === 0 && bytes.length < length)
      ? null
      : { reply: bytes[1] as number, length: Math.min(length, bytes.length) };
  });
  if (refusal !== 0) throw new ProxyRefusedError(socksRefusals[refusal] ?? `refused (${refusal})`);
}

/** A socket to the target itself. Rejects with the system's error. */
export async function openSocket(target: Target, ms: number, signal?: AbortSignal): Promise<Socket> {
  const socket = connectTcp(target);
  await whenReady(socket, 'connect', ms, signal);
  socket.on('error', () => {});
  return socket;
}

/** A socket that leads to the target through the proxy. Rejects with ProxyRefusedError or the system's error. */
export async function openTunnel(
  proxyUrl: string,
  target: Target,
  ms: number,
  signal?: AbortSignal,
): Promise<Socket> {
  const proxy = new URL(proxyUrl);
  const way = targetOf(proxyUrl);
  let socket = await openSocket(way, ms, signal);
  const timer = setTimeout(() => socket.destroy(new ConnectTimeoutError('timed out')), ms || 30_000);
  try {
    if (proxy.protocol === 'https:') {
      const name = isIP(way.host) ? {} : { servername: way.host };
      socket = connectTls({ socket, ...name });
      await whenReady(socket, 'secureConnect', ms, signal);
      socket.on('error', () => {});
    }
    await (proxy.protocol === 'socks5:' ? askSocksProxy : askHttpProxy)(socket, proxy, target);
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
