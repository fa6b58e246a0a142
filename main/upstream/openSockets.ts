// Knows the open sockets to upstreams and proxies, to end those that sleep or another network has left dead.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { networkInterfaces } from 'node:os';

export interface OpenSockets {
  /**
   * Ends the sockets whose own address this machine no longer has, and has the system ask the peers of the others:
   * one that is gone without a word is noticed within about ten seconds, a living one notices nothing.
   */
  probe(): void;
  close(): void;
}

/** undici tells of every connection it makes, those through proxies as well. */
const connected = 'undici:client:connected';
const probeAfterMs = 1_000;

function addressesHere(): Set<string> {
  return new Set(
    Object.values(networkInterfaces()).flatMap((rows) => (rows ?? []).map((row) => row.address)),
  );
}

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

function networkGone(): Error {
  return Object.assign(new Error('the network of this connection is gone'), { code: 'ENETRESET' });
}

export function createOpenSockets(addresses: () => ReadonlySet<string> = addressesHere): OpenSockets {
  const sockets = new Set<Socket>();

  function onConnected(message: unknown): void {
    const { socket } = message as { socket: Socket };
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  }
  subscribe(connected, onConnected);

  return {
    probe() {
      const here = addresses();
      for (const socket of sockets) {
        const own = socket.localAddress?.replace(/%.*$/, '');
        if (own !== undefined && !isLoopback(own) && !here.has(own)) socket.destroy(networkGone());
        else socket.setKeepAlive(true, probeAfterMs);
      }
    },
    close() {
      unsubscribe(connected, onConnected);
      sockets.clear();
    },
  };
}
