import type { StreamReader } from '../protocol/readStream.ts';
import { BodyTooLargeError, type UpstreamResponse } from '../upstream/transport.ts';

/** After its terminal sign an upstream may take this long to close before its connection is given up. */
const lingerMs = 1_000;

/**
 * Reads a stream to its terminal sign, or to the end of its body where that comes first, and gives its bytes. Some servers keep
 * the connection open behind the last word. Rejects with the transport's error, BodyTooLargeError or ForeignEventError.
 */
export function readToEnd(
  response: UpstreamResponse,
  reader: StreamReader,
  limit: number,
  onChunk: () => void,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let over = false;
    let linger: NodeJS.Timeout | undefined;

    function finish(): void {
      over = true;
      resolve(Buffer.concat(chunks));
    }

    response.read({
      data(chunk) {
        if (over) return;
        onChunk();
        size += chunk.length;
        chunks.push(chunk);
        try {
          if (size > limit) throw new BodyTooLargeError(limit);
          if (!reader.push(chunk)) return;
        } catch (error) {
          reject(error as Error);
          response.abort(error as Error);
          return;
        }
        finish();
        linger = setTimeout(() => response.abort(new Error('all was said')), lingerMs).unref();
      },
      end() {
        clearTimeout(linger);
        if (!over) finish();
      },
      fail(error) {
        clearTimeout(linger);
        reject(error);
      },
    });
  });
}
