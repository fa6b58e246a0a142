// Fetches a small file over https and nothing else: an answer that leads to plain http is not followed.
import type { ClientRequest, net } from 'electron';
import { UpdateError } from './updateError.ts';

/** Electron's `net.request`, which goes the way the system's settings say. */
export type SendRequest = typeof net.request;

const mostRedirects = 5;

/** Throws UpdateError `insecure` for anything but https. */
export function refuseInsecure(address: string): void {
  const { protocol } = new URL(address);
  if (protocol !== 'https:') throw new UpdateError('insecure', `${protocol}// is not https`);
}

/** Has a request that was made with `redirect: 'manual'` follow to https alone; any other end is told to `refuse`. */
export function followHttps(request: ClientRequest, refuse: (error: Error) => void): void {
  let redirects = 0;
  request.on('redirect', (_status, _method, target) => {
    try {
      refuseInsecure(target);
      redirects += 1;
      if (redirects > mostRedirects) throw new UpdateError('network', 'too many redirects');
      request.followRedirect();
    } catch (error) {
      request.abort();
      refuse(error as Error);
    }
  });
}

interface ReadOptions {
  /** More bytes than these are refused. */
  most: number;
  timeoutMs: number;
}

/** Null where the server says 404. Throws UpdateError `network` or `insecure`. */
export async function readHttps(
  send: SendRequest,
  address: URL,
  { most, timeoutMs }: ReadOptions,
): Promise<Buffer | null> {
  refuseInsecure(address.href);
  const { promise, resolve, reject } = Promise.withResolvers<Buffer | null>();
  const network = (message: string): void => reject(new UpdateError('network', message));
  const request = send({ url: address.href, redirect: 'manual', cache: 'no-store', credentials: 'omit' });
  const late = setTimeout(() => network('no answer in time'), timeoutMs);
  followHttps(request, reject);
  request.on('error', (error) => network(error.message));
  request.on('response', (response) => {
    const { statusCode } = response;
    if (statusCode === 404) resolve(null);
    else if (statusCode !== 200) network(`status ${statusCode}`);
    const chunks: Buffer[] = [];
    let length = 0;
    response.on('data', (chunk) => {
      length += chunk.length;
      if (length > most) network(`more than ${most} bytes`);
      else chunks.push(chunk);
    });
    response.on('error', (error: Error) => network(error.message));
    response.on('aborted', () => network('the answer broke off'));
    response.on('end', () => resolve(Buffer.concat(chunks)));
  });
  request.end();
  try {
    return await promise;
  } catch (error) {
    request.abort();
    throw error;
  } finally {
    clearTimeout(late);
  }
}
