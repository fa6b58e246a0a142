// Which of the service's routes a request is for, and which credential belongs there.

export type RouteName =
  | 'signin'
  | 'refresh'
  | 'create'
  | 'list'
  | 'read'
  | 'delete'
  | 'query'
  | 'messages'
  | 'endpoints'
  | 'reasoning-modes'
  | 'upload'
  | 'media'
  | 'delete-media';

export interface Route {
  readonly name: RouteName;
  /** `key`: an API key; `token`: a login's access token, on the twins below `/client`; `open`: none. */
  readonly access: 'key' | 'token' | 'open';
  /** The id in the path: of a session, or of a media file; null where it holds none. */
  readonly id: string | null;
}

interface Place {
  path: RegExp;
  methods: Readonly<Record<string, RouteName>>;
  open?: true;
}

const sessions = '^/chat/v1(?<client>/client)?/sessions';

const places: readonly Place[] = [
  { path: /^\/v1\/auth\/user\/signin$/, methods: { POST: 'signin' }, open: true },
  { path: /^\/v1\/auth\/user\/refresh_token$/, methods: { POST: 'refresh' }, open: true },
  { path: new RegExp(`${sessions}$`), methods: { POST: 'create', GET: 'list' } },
  { path: new RegExp(`${sessions}/(?<id>[^/]+)$`), methods: { GET: 'read', DELETE: 'delete' } },
  { path: new RegExp(`${sessions}/(?<id>[^/]+)/query$`), methods: { POST: 'query' } },
  { path: new RegExp(`${sessions}/(?<id>[^/]+)/messages$`), methods: { GET: 'messages' } },
  { path: /^\/config\/v1\/public\/endpoints$/, methods: { GET: 'endpoints' } },
  { path: /^\/config\/v1\/public\/reasoning_modes$/, methods: { GET: 'reasoning-modes' } },
  { path: /^\/media\/v1\/public\/file(\/raw)?$/, methods: { POST: 'upload' } },
  { path: /^\/media\/v1\/public\/file\/(?<id>[^/]+)$/, methods: { GET: 'media', DELETE: 'delete-media' } },
];

/** `no-method`: the path is there, the method is not. */
export function routeOf(method: string, path: string): Route | 'no-method' | null {
  for (const place of places) {
    const match = place.path.exec(path);
    if (!match) continue;
    const name = place.methods[method];
    if (!name) return 'no-method';
    const access = place.open ? 'open' : match.groups?.client ? 'token' : 'key';
    return { name, access, id: match.groups?.id ?? null };
  }
  return null;
}
