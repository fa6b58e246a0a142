// What people paste as a base URL, put right: the paths that the gateway adds itself, full-width characters, a forgotten scheme.
// Pure; the window corrects a form by it, the doctor a saved endpoint.
import type { EndpointKind } from './schemas/endpoint.ts';

const addressSlips = ['characters', 'scheme', 'path', 'query', 'plain'] as const;
/**
 * `characters` quotes, spaces or full-width signs; `scheme` none, or a mistyped one; `path` an operation's own path;
 * `query` something after `?` or `#`; `plain` http to a provider that is reached by https.
 */
export type AddressSlip = (typeof addressSlips)[number];

export interface MendedBaseUrl {
  readonly baseUrl: string;
  /** What was wrong, in the order it was mended; empty where nothing was. */
  readonly slips: readonly AddressSlip[];
}

/** Operations' paths, by the kinds whose base URL they get appended to. */
const operationPaths: Record<EndpointKind, RegExp> = {
  openai:
    /\/(?:chat\/completions|completions|responses|embeddings|models|images\/generations|audio\/(?:speech|transcriptions)|moderations|rerank)\/?$/i,
  azure: /\/openai(?:\/.*)?$/i,
  anthropic: /(?:\/v1)?\/(?:messages(?:\/count_tokens)?|models|complete)\/?$/i,
  gemini: /(?:\/v1(?:alpha|beta)?)?\/(?:models(?:\/.*)?|openai(?:\/.*)?)\/?$/i,
  ondemand: /\/(?:chat|media|config)\/v1(?:\/.*)?$/i,
};

/** A machine of one's own, or one in the same house: plain http is usual there. */
export function isNear(hostname: string): boolean {
  return (
    /^(?:localhost|.+\.localhost|.+\.local|.+\.lan|.+\.internal|host\.docker\.internal|[^.:[\]]+)$/i.test(
      hostname,
    ) ||
    /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(
      hostname,
    ) ||
    /^\[(?:::1|f[cd][0-9a-f]{2}:|::ffff:(?:7f|a|c0a8))/i.test(hostname)
  );
}

function plainCharacters(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll('。', '.')
    .replace(/[\s\u200b\ufeff]+/g, '')
    .replace(/^["'`“”‘’<(]+|["'`“”‘’>),;，；、]+$/g, '');
}

function withScheme(text: string): string {
  const slashed = text.replace(/^(https?):?\/{0,2}(?=[^/])/i, (whole, scheme: string) =>
    // "https.example.com" is a host.
    whole.length === scheme.length ? whole : `${scheme.toLowerCase()}://`,
  );
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(slashed)) return slashed;
  const host = /^\/*(\[[^\]]*\]|[^/:?#]*)/.exec(slashed)?.[1] ?? '';
  return `${isNear(host) ? 'http' : 'https'}://${slashed.replace(/^\/+/, '')}`;
}

/** The text as a base URL of that kind. What can't be read as a URL at all comes back as it is, without a slip. */
export function mendBaseUrl(text: string, kind: EndpointKind): MendedBaseUrl {
  const given = text.trim();
  if (given === '' || given.startsWith('demo:')) return { baseUrl: given, slips: [] };
  const slips: AddressSlip[] = [];
  const put = (next: string, before: string, slip: AddressSlip): string => {
    if (next !== before) slips.push(slip);
    return next;
  };
  let url = put(plainCharacters(given), given, 'characters');
  url = put(withScheme(url), url, 'scheme');
  if (!URL.canParse(url)) return { baseUrl: given, slips: [] };
  url = put(url.replace(/[?#].*$/, ''), url, 'query');
  url = put(url.replace(operationPaths[kind], ''), url, 'path');
  const { protocol, hostname, port } = new URL(url);
  if (protocol === 'http:' && port === '' && !isNear(hostname) && !/^[\d.]+$|^\[/.test(hostname))
    url = put(url.replace(/^http:/i, 'https:'), url, 'plain');
  return { baseUrl: slips.length > 0 ? url.replace(/\/+$/, '') : given, slips };
}
