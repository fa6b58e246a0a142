// A cable between the gateway and an upstream: what runs over it can be cut as sleep and lost networks cut it, with a word or without.
import { connect, createServer, type Socket } from 'node:net';

export interface Wire {
  readonly port: number;
  /** Connections that were ever made over it. */
  readonly made: number;
  /** What is connected now stays so for both ends, and nothing passes any more. What connects later works. */
  freeze(): void;
  /** The gateway's end of every connection is reset. */
  reset(): void;
  close(): Promise<void>;
}

/** Leads to a port of this machine. */
export async function createWire(to: number): Promise<Wire> {
  const pairs = new Set<{ near: Socket; far: Socket }>();
  let made = 0;
  const server = createServer((near) => {
    made += 1;
    const far = connect(to, '127.0.0.1');
    const pair = { near, far };
    pairs.add(pair);
    near.pipe(far);
    far.pipe(near);
    for (const socket of [near, far]) {
      socket.on('error', () => {});
      socket.on('close', () => {
        pairs.delete(pair);
        near.destroy();
        far.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the wire has no port');
  return {
    port: address.port,
    get made() {
      return made;
    },
    freeze() {
      for (const { near, far } of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        near.pause();
        far.pause();
      }
    },
    reset() {
      for (const { near } of pairs) near.resetAndDestroy();
    },
    async close() {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
