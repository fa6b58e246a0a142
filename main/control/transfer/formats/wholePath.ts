// Programs that write an endpoint's address with the whole path of a request: what is spoken there, and where the API begins.
import type { EndpointKind } from '../../../contract/schemas/endpoint.ts';

/** What an address alone tells of who answers there. */
export function kindAt(address: string): EndpointKind {
  if (/\/messages\/?$/.test(address) || /\/\/api\.anthropic\.com(?:\/|$)/.test(address)) return 'anthropic';
  if (/generativelanguage\.googleapis\.com/.test(address)) {
    return /\/openai(?:\/|$)/.test(address) ? 'openai' : 'gemini';
  }
  return /\.openai\.azure\.com/.test(address) ? 'azure' : 'openai';
}

/** `https://host/v1/chat/completions` -> `https://host/v1`; our addresses end before the path. `address` must be a whole URL. */
export function rootOf(address: string, kind: EndpointKind): string {
  const bare = address.replace(/\/+$/, '');
  if (kind === 'azure') return new URL(bare).origin;
  if (kind === 'gemini') return bare.replace(/\/v\d+(?:alpha|beta)?\d*(?:\/(?:openai|models).*)?$/, '');
  if (kind === 'anthropic') return bare.replace(/\/v1(?:\/messages)?$/, '');
  return bare.replace(/\/(?:chat\/completions|responses|embeddings|images\/generations)$/, '');
}
