// Who may speak to the service: API keys, and logins with tokens that run out and rotate.
import { createHash } from 'node:crypto';
import { type Answer, jsonAnswer } from '../upstream/answer.ts';
import type { UpstreamRequest } from '../upstream/upstreamRequest.ts';
import { invalidRequest, refusal, unauthenticated } from './refusal.ts';
import type { Route } from './routes.ts';
import { type Grant, newTokens, type TokenFormat } from './tokens.ts';

export interface Login {
  readonly email: string;
  readonly password: string;
}

export interface AccountOptions {
  readonly keys: readonly string[];
  readonly logins: readonly Login[];
  readonly tokenFormat: TokenFormat;
  readonly tokenLifetimeMs: number;
}

export interface Accounts {
  /** `key-1`, `key-2` … in the order of the keys, then the e-mail addresses of the logins. */
  readonly names: readonly string[];
  /** Keys, passwords, and every token there ever was: what nobody may find in a file or a log. */
  readonly secrets: readonly string[];
  /** Whose credential the request carries, also where it holds no longer; null for none that is known. */
  nameOf(request: UpstreamRequest, route: Route): string | null;
  /** Why the request may not pass; null where it may. */
  refusalOf(request: UpstreamRequest, route: Route): Answer | null;
  /** `incomplete` leaves the company out. */
  signIn(request: UpstreamRequest, incomplete: boolean): Answer;
  /** `keepsRefreshToken` sends no new refresh token: the old one stays good. Every second refresh does so anyway. */
  refresh(request: UpstreamRequest, keepsRefreshToken: boolean): Answer;
  /** From now on the access tokens of the account (of all, where none is named) are answered with 401. */
  expire(account?: string): void;
  /** Signs everybody out; the secrets that were are still secrets. */
  clear(): void;
}

/** 24 hex digits that stay the same for a login. */
function idOf(kind: string, email: string): string {
  return createHash('sha256').update(`${kind} ${email}`).digest('hex').slice(0, 24);
}

export const companyOf = (email: string) => idOf('company', email);

/** The pair of a Basic credential, in UTF-8. */
function basicOf(header: string | undefined): Login | null {
  const encoded = /^Basic\s+(\S+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { email: text.slice(0, colon), password: text.slice(colon + 1) };
}

function tokenPairOf(request: UpstreamRequest): { token: unknown; refreshToken: unknown } {
  const data = request.json?.data;
  const pair = typeof data === 'object' && data !== null ? data : {};
  return {
    token: 'token' in pair ? pair.token : undefined,
    refreshToken: 'refreshToken' in pair ? pair.refreshToken : undefined,
  };
}

export function createAccounts(options: AccountOptions): Accounts {
  const { keys, logins } = options;
  const keyName = (key: string | undefined) => {
    const at = key === undefined ? -1 : keys.indexOf(key);
    return at < 0 ? null : `key-${at + 1}`;
  };
  let grants: Grant[] = [];
  let refreshes = 0;
  const issued: string[] = [];

  const grant = (email: string) => {
    const made = newTokens(email, { format: options.tokenFormat, lifetimeMs: options.tokenLifetimeMs });
    issued.push(made.access, made.refresh);
    grants.push(made);
    return made;
  };
  const granted = (request: UpstreamRequest) => grants.find(({ access }) => access === request.key);

  const tokenRefusal = (request: UpstreamRequest): Answer | null => {
    if (!/^Bearer\s/i.test(request.headers.authorization ?? '')) return unauthenticated('Unauthorized');
    const found = granted(request);
    if (!found || found.expired || Date.now() >= found.expiresAt) return unauthenticated('Unauthorized');
    const company = request.headers['x-company-id'];
    if (company === companyOf(found.email)) return null;
    return company === undefined
      ? unauthenticated('x-company-id header is required')
      : refusal(403, 'unauthorized', 'Unauthorized');
  };
  const keyRefusal = ({ headers: { apikey } }: UpstreamRequest): Answer | null => {
    if (apikey === undefined) return unauthenticated('No API key header');
    if (apikey === '') return refusal(500, 'server_error', 'An unexpected error occurred');
    return keyName(apikey) === null ? unauthenticated('Invalid API Key') : null;
  };

  return {
    names: [...keys.map((_, index) => `key-${index + 1}`), ...logins.map(({ email }) => email)],
    get secrets() {
      return [...keys, ...logins.map(({ password }) => password), ...issued];
    },
    nameOf(request, route) {
      switch (route.name) {
        case 'signin': {
          const email = basicOf(request.headers.authorization)?.email;
          return logins.some((login) => login.email === email) ? (email ?? null) : null;
        }
        case 'refresh': {
          const { refreshToken } = tokenPairOf(request);
          return grants.find(({ refresh }) => refresh === refreshToken)?.email ?? null;
        }
        default:
          return route.access === 'token'
            ? (granted(request)?.email ?? null)
            : keyName(request.headers.apikey);
      }
    },
    refusalOf(request, route) {
      if (route.access === 'open') return null;
      return route.access === 'token' ? tokenRefusal(request) : keyRefusal(request);
    },
    signIn(request, incomplete) {
      const pair = basicOf(request.headers.authorization);
      const known = logins.some(({ email, password }) => email === pair?.email && password === pair.password);
      if (!pair || !known) return unauthenticated('Invalid email or password');
      if (typeof request.json?.accountType !== 'string') return invalidRequest('accountType is required');
      const { email } = pair;
      const { access, refresh } = grant(email);
      const user = {
        userId: idOf('user', email),
        ...(incomplete ? {} : { default_company_id: companyOf(email) }),
      };
      return jsonAnswer({ data: { tokenData: { token: access, refreshToken: refresh }, user } });
    },
    refresh(request, keepsRefreshToken) {
      const { token, refreshToken } = tokenPairOf(request);
      const old = grants.find(({ refresh, spent }) => refresh === refreshToken && !spent);
      const belongs = grants.some(({ access, email }) => access === token && email === old?.email);
      if (!old || !belongs) return unauthenticated('Invalid refresh token');
      refreshes += 1;
      const keeps = keepsRefreshToken || refreshes % 2 === 0;
      const made = grant(old.email);
      old.expired = true;
      old.spent = true;
      if (keeps) made.refresh = old.refresh;
      return jsonAnswer({
        data: keeps ? { token: made.access } : { token: made.access, refreshToken: made.refresh },
      });
    },
    expire(account) {
      for (const known of grants) if (account === undefined || known.email === account) known.expired = true;
    },
    clear() {
      grants = [];
      refreshes = 0;
    },
  };
}
