import type { IncomingMessage } from 'node:http';
import { type Bytes, ChunkedBytes } from '../base/chunkedBytes.ts';
import { GatewayError } from '../base/gatewayError.ts';

/** Bodies larger than this stay in the chunks they came in, unless those are crumbs: each is written on its own later. */
const largeBytes = 256 * 1024;
const crumbBytes = 8 * 1024;

/** Reads a request's body of at most `limit` bytes. Throws `request_too_large` as soon as that is known, `unsupported_media_type` for encoded bodies. */
export function readBody(request: IncomingMessage, limit: number): Promise<Bytes> {
  const tooLarge = (): GatewayError =>
    new GatewayError(
      'request_too_large',
      `The request is larger than ${Math.round(limit / 1_048_576)} MB. The limit can be raised in the settings (maxBodyMB).`,
    );
  const encoding = request.headers['content-encoding'];
  if (encoding && encoding !== 'identity') {
    return Promise.reject(
      new GatewayError(
        'unsupported_media_type',
        `Send the body without Content-Encoding (${encoding.slice(0, 40)} is not read here).`,
      ),
    );
  }
  const stated = Number(request.headers['content-length'] ?? 0);
  if (stated > limit) return Promise.reject(tooLarge());
  const chunks: Buffer[] = [];
  let size = 0;
  const body = (): Bytes => {
    if (size > largeBytes && size > chunks.length * crumbBytes) return new ChunkedBytes(chunks);
    return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
  };
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= limit) return;
      request.pause();
      reject(tooLarge());
    });
    request.on('end', () => resolve(body()));
    request.on('error', () =>
      reject(new GatewayError('invalid_request', 'The request broke off before its body was complete.')),
    );
    request.on('close', () => {
      if (!request.complete)
        reject(new GatewayError('invalid_request', 'The request broke off before its body was complete.'));
    });
  });
}
