import type { ServerResponse } from 'node:http';
import type { Reply } from '../gateway/reply.ts';

/** The way back to the client over Node's response. Writes to a client that has gone are ignored. */
export function createRawReply(response: ServerResponse): Reply {
  let goneListener: (() => void) | null = null;
  const isClosed = (): boolean => response.destroyed || response.writableEnded;
  response.on('close', () => {
    if (!response.writableFinished) goneListener?.();
  });
  return {
    isClosed,
    onGone(listener) {
      goneListener = listener;
      if (response.destroyed) listener();
    },
    start(status, headers) {
      if (!isClosed()) response.writeHead(status, headers);
    },
    write: (chunk) => isClosed() || response.write(chunk),
    onDrain: (listener) => void response.once('drain', listener),
    end(chunk) {
      if (!isClosed()) response.end(chunk);
    },
    destroy: () => void response.destroy(),
  };
}
