// A connection to the session bus, just enough to ask the Secret Service how it is without waking any prompt.
import net from 'node:net';
import { type DBusMessage, type DBusValue, decodeMessage, encodeCall } from './dbusWire.ts';

export interface DBusCall {
  destination: string;
  path: string;
  interface: string;
  member: string;
  signature?: string;
  body?: readonly DBusValue[];
}

/** What a peer or the bus answered instead of a result, e.g. `org.freedesktop.DBus.Error.ServiceUnknown`. */
export class DBusError extends Error {
  override readonly name = 'DBusError';
  readonly errorName: string;
  constructor(errorName: string, message: string) {
    super(message || errorName);
    this.errorName = errorName;
  }
}

export interface DBus {
  /** The values of the answer. Throws DBusError, or Error where the connection ends first. */
  call(call: DBusCall): Promise<readonly DBusValue[]>;
  /** Signals of objects at `path`; ask the bus for them with `AddMatch` where the peer does not send them by itself. */
  onSignal(listener: (signal: { path: string; member: string; body: readonly DBusValue[] }) => void): void;
  close(): void;
}

/** The sockets of a D-Bus address list, in order; transports other than local sockets are left out. */
export function socketPaths(addresses: string): string[] {
  return addresses.split(';').flatMap((address) => {
    if (!address.startsWith('unix:')) return [];
    const pairs = address.slice('unix:'.length).split(',');
    return pairs.flatMap((pair) => {
      const [name, value = ''] = pair.split('=', 2);
      let path: string;
      try {
        path = decodeURIComponent(value);
      } catch {
        return [];
      }
      if (name === 'path') return [path];
      return name === 'abstract' ? [`\0${path}`] : [];
    });
  });
}

function connectSocket(path: string): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ path });
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

/**
 * Connects and says hello. `userId` is the POSIX user id the bus checks against the socket's credentials.
 * A call that is never answered stays pending until `close`: the caller sets the limit.
 */
export async function connectDBus(addresses: string, userId: number): Promise<DBus> {
  let socket: net.Socket | null = null;
  for (const path of socketPaths(addresses)) {
    socket = await connectSocket(path).catch(() => null);
    if (socket) break;
  }
  if (!socket) throw new Error('no session bus answers');
  const stream = socket;
  const waiting = new Map<
    number,
    { resolve(values: readonly DBusValue[]): void; reject(error: Error): void }
  >();
  const listeners: Parameters<DBus['onSignal']>[0][] = [];
  let serial = 0;
  let received = Buffer.alloc(0);
  let authenticated = false;
  let ended = false;

  function end(reason: string): void {
    ended = true;
    stream.destroy();
    for (const { reject } of waiting.values()) reject(new Error(reason));
    waiting.clear();
  }

  function accept(message: DBusMessage): void {
    const path = message.fields.get(1);
    const member = message.fields.get(3);
    if (message.type === 4 && typeof path === 'string' && typeof member === 'string') {
      for (const listener of listeners) listener({ path, member, body: message.body });
      return;
    }
    const answered = message.fields.get(5);
    const caller = typeof answered === 'number' ? waiting.get(answered) : undefined;
    if (!caller || typeof answered !== 'number') return;
    waiting.delete(answered);
    if (message.type === 2) caller.resolve(message.body);
    else caller.reject(new DBusError(String(message.fields.get(4)), String(message.body[0] ?? '')));
  }

  function take(chunk: Buffer): void {
    received = Buffer.concat([received, chunk]);
    if (!authenticated) {
      const lineEnd = received.indexOf('\r\n');
      if (lineEnd < 0) return;
      if (!received.subarray(0, lineEnd).toString('latin1').startsWith('OK ')) {
        end('the session bus refuses this user');
        return;
      }
      received = received.subarray(lineEnd + 2);
      authenticated = true;
      stream.write('BEGIN\r\n');
      for (const bytes of unsent.splice(0)) stream.write(bytes);
    }
    for (let next = decodeMessage(received); next; next = decodeMessage(received)) {
      received = received.subarray(next.length);
      accept(next.message);
    }
  }

  const unsent: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    try {
      take(chunk);
    } catch (error) {
      end(String(error));
    }
  });
  stream.on('error', () => end('the session bus broke off'));
  stream.on('close', () => end('the session bus closed the connection'));
  stream.write(`\0AUTH EXTERNAL ${Buffer.from(String(userId)).toString('hex')}\r\n`);

  const bus: DBus = {
    call(call) {
      return new Promise((resolve, reject) => {
        if (ended) {
          reject(new Error('the session bus is closed'));
          return;
        }
        const bytes = encodeCall({ ...call, serial: ++serial });
        waiting.set(serial, { resolve, reject });
        if (authenticated) stream.write(bytes);
        else unsent.push(bytes);
      });
    },
    onSignal: (listener) => void listeners.push(listener),
    close: () => end('closed'),
  };
  const dbus = 'org.freedesktop.DBus';
  // Not awaited: the bus handles messages in order, so calls made at once come after it.
  bus
    .call({ destination: dbus, path: '/org/freedesktop/DBus', interface: dbus, member: 'Hello' })
    .catch(() => {});
  return bus;
}
