// Where on-demand.io's four services are: its own hosts, or the one server that stands in their place.
import type { CompiledEndpoint } from '../../registry/snapshot.ts';

/** Without trailing slash. */
export interface OndemandBases {
  /** Sessions and queries: `…/chat/v1`; logins use the same below `/client`. */
  readonly chat: string;
  /** Holds `/v1/auth/user/…`. */
  readonly auth: string;
  /** Holds `/config/v1/…`. */
  readonly config: string;
  /** Holds `/media/v1/…`. */
  readonly media: string;
}

/** Chat answers on both of its own hosts; signing in and the lists have one each (ondemand-protocol.md section 1). */
const ownHosts: ReadonlySet<string> = new Set(['api.on-demand.io', 'gateway.on-demand.io']);
const ownApi = 'https://api.on-demand.io';
const ownGateway = 'https://gateway.on-demand.io';

/** What people paste along with a base URL. */
const pasted = {
  chat: /(?:\/chat)?(?:\/v1)?(?:\/client)?(?:\/sessions)?\/*$/i,
  auth: /(?:\/v1)?(?:\/auth(?:\/user(?:\/[a-z_]+)?)?)?\/*$/i,
  config: /(?:\/config)?(?:\/v1)?(?:\/public(?:\/endpoints)?)?\/*$/i,
  media: /(?:\/media)?(?:\/v1)?(?:\/public(?:\/file)?)?\/*$/i,
};

/** The endpoint's addresses: its options first, else on-demand.io's own hosts or the base URL's origin. */
export function ondemandBases({
  baseUrl,
  options,
}: Pick<CompiledEndpoint, 'baseUrl' | 'options'>): OndemandBases {
  const { origin, host } = new URL(baseUrl);
  const own = ownHosts.has(host);
  const pick = (name: 'auth' | 'config' | 'media', usual: string): string => {
    const given = options[`${name}BaseUrl`];
    return typeof given === 'string' ? given.replace(pasted[name], '') : own ? usual : origin;
  };
  return {
    chat: `${baseUrl.replace(pasted.chat, '')}/chat/v1`,
    auth: pick('auth', ownGateway),
    config: pick('config', ownApi),
    media: pick('media', ownApi),
  };
}
