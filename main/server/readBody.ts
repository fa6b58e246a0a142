import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../base/gatewayError.ts';

/** Reads a request's body of at most `limit` bytes. Throws `request_too_large` as soon as that is known, `unsupported_media_type` for encoded bodies. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
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
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        request.pause();
        reject(tooLarge());
        return;
      }
      chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    request.on('error', () =>
      reject(new GatewayError('invalid_request', 'The request broke off before its body was complete.')),
    );
    request.on('close', () => {
      if (!request.complete)
        reject(new GatewayError('invalid_request', 'The request broke off before its body was complete.'));
    });
  });
}
