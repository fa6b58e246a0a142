// Finds the client key behind a request: the one place that reads credentials, whatever header or parameter carries them.
import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../../base/gatewayError.ts';
import type { CompiledClientKey, Snapshot } from '../../registry/snapshot.ts';

const longestSecret = 4_096;

function fromAuthorization(value: string | undefined): string | undefined {
  if (!value) return undefined;
  return /^bearer\s/i.test(value) ? value.slice(7).trim() : value.trim();
}

function fromQuery(url: string): string | undefined {
  const mark = url.indexOf('?');
  if (mark < 0) return undefined;
  return new URLSearchParams(url.slice(mark + 1)).get('key') ?? undefined;
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** All credentials the request carries, in the order in which they are tried. Empty ones count as absent. */
export function credentialsOf(request: IncomingMessage, url: string): string[] {
  const { headers } = request;
  const found = [
    fromAuthorization(headers.authorization),
    single(headers['x-api-key']),
    single(headers['api-key']),
    single(headers['x-goog-api-key']),
    fromQuery(url),
  ];
  return found.filter(
    (value): value is string => value !== undefined && value !== '' && value.length <= longestSecret,
  );
}

export interface Caller {
  readonly key: CompiledClientKey;
  /** Came with a secret of the key that has been replaced and still works. */
  readonly oldSecret: boolean;
}

/**
 * The first valid key wins: some clients send the same key twice, or a placeholder beside it. `now` is Unix ms: a replaced
 * secret is valid until its time is over. Throws `invalid_api_key`.
 */
export function authenticateClient(
  request: IncomingMessage,
  url: string,
  snapshot: Snapshot,
  now: number,
): Caller {
  const credentials = credentialsOf(request, url);
  for (const credential of credentials) {
    // Looking up a digest takes the same time for every wrong key.
    const digest = hash('sha256', credential);
    const key = snapshot.clientKeyByHash.get(digest);
    if (key) return { key, oldSecret: false };
    const earlier = snapshot.clientKeyByOldHash.get(digest);
    if (earlier?.previous && now < earlier.previous.until) return { key: earlier, oldSecret: true };
  }
  throw new GatewayError(
    'invalid_api_key',
    credentials.length === 0
      ? 'No client key. Send one from the Sluice window as "Authorization: Bearer …".'
      : 'This client key is not known here. Copy one from the Sluice window (Keys).',
  );
}
