import type { CompiledAccount, CompiledEndpoint } from '../registry/snapshot.ts';

/** Those of the client's headers that mean something to a kind. */
export function pickHeaders(
  headers: Readonly<Record<string, string>>,
  names: readonly string[],
): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}

/** What every request has: an answer that can be read as it passes, and the user's own headers over all others. */
export function upstreamHeaders(
  endpoint: CompiledEndpoint,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  // Compressed answers could not be watched as they pass, and could be bombs.
  const headers: Record<string, string> = { ...own, 'accept-encoding': 'identity' };
  for (const [name, value] of Object.entries(endpoint.headers)) headers[name.toLowerCase()] = value;
  return headers;
}

/** The same with the account's key, where it has one, in the header in which `keyHeader` writes it. */
export const keyedHeaders =
  (keyHeader: (secret: string) => Readonly<Record<string, string>>) =>
  (endpoint: CompiledEndpoint, { credential }: CompiledAccount, own: Readonly<Record<string, string>>) =>
    upstreamHeaders(
      endpoint,
      credential.state === 'ready' ? { ...own, ...keyHeader(credential.secret) } : own,
    );

export const acceptFor = (stream: boolean): string => (stream ? 'text/event-stream' : '*/*');
