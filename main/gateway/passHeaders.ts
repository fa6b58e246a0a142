// Which headers travel, in either direction. Everything not named here stays: credentials, cookies, CORS and hop-by-hop headers above all.
import type { UpstreamHeaders } from '../upstream/transport.ts';

/** Drivers take of these what means something to their kind. */
const toUpstream = [
  'accept',
  'anthropic-beta',
  'anthropic-version',
  'http-referer',
  'idempotency-key',
  'openai-beta',
  'x-title',
] as const;

/** Client headers an upstream may see. Empty values count as absent. */
export function headersToUpstream(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const name of toUpstream) {
    const value = headers[name];
    if (typeof value === 'string' && value !== '') passed[name] = value;
  }
  return passed;
}

const toClient =
  /^(?:content-type|content-disposition|content-language|request-id|x-ratelimit-[a-z-]+|anthropic-ratelimit-[a-z0-9_-]+|openai-(?:processing-ms|version|model))$/;

/** Upstream headers a client may see. */
export function headersToClient(headers: UpstreamHeaders): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (typeof value === 'string' && toClient.test(name)) passed[name] = value;
  }
  return passed;
}
