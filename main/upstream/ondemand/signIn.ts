// The words of signing in and refreshing (ondemand-protocol.md sections 3.1 and 3.2): requests out, tokens in. It sends nothing itself.
import { isFields } from '../../protocol/hub/reader.ts';
import type { CompiledEndpoint } from '../../registry/snapshot.ts';
import type { UpstreamRequest } from '../transport.ts';
import { upstreamHeaders } from '../upstreamHeaders.ts';
import { ondemandBases } from './ondemandBases.ts';
import { parseFields } from './readRefusal.ts';

export interface Tokens {
  readonly access: string;
  /** Null where none was given: then only signing in gives new ones. */
  readonly refresh: string | null;
  readonly userId: string;
  readonly companyId: string;
}

/** The sign-in is the web app's own: it may look at who calls. */
const asWebApp = {
  accept: 'application/json, text/plain, */*',
  'content-type': 'application/json',
  referer: 'https://app.on-demand.io/',
  'user-agent':
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0 Safari/537.36',
};

function authRequest(
  endpoint: CompiledEndpoint,
  connectMs: number,
  name: 'signin' | 'refresh_token',
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): UpstreamRequest {
  return {
    method: 'POST',
    url: `${ondemandBases(endpoint).auth}/v1/auth/user/${name}`,
    headers: upstreamHeaders(endpoint, { ...asWebApp, ...headers }),
    body: Buffer.from(JSON.stringify(body)),
    proxy: endpoint.proxy,
    connectMs,
  };
}

export function signInRequest(
  endpoint: CompiledEndpoint,
  connectMs: number,
  pair: { readonly email: string; readonly password: string },
): UpstreamRequest {
  const basic = Buffer.from(`${pair.email}:${pair.password}`).toString('base64');
  const body = { accountType: 'default' };
  return authRequest(endpoint, connectMs, 'signin', body, { authorization: `Basic ${basic}` });
}

export function refreshRequest(
  endpoint: CompiledEndpoint,
  connectMs: number,
  { access, refresh }: Tokens,
): UpstreamRequest {
  return authRequest(endpoint, connectMs, 'refresh_token', {
    data: { token: access, refreshToken: refresh },
  });
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const fields = (value: unknown) => (isFields(value) ? value : {});

/** Null where one of token, user and company is missing: then it is no sign-in. */
export function readSignIn(body: Buffer): Tokens | null {
  const data = fields(parseFields(body).data);
  const { token, refreshToken } = fields(data.tokenData);
  const { userId, default_company_id: companyId } = fields(data.user);
  const [access, user, company] = [text(token), text(userId), text(companyId)];
  if (access === null || user === null || company === null) return null;
  return { access, refresh: text(refreshToken), userId: user, companyId: company };
}

/** A refresh token that is not renewed stays good. Null where there is no access token. */
export function readRefresh(body: Buffer, before: Tokens): Tokens | null {
  const { token, refreshToken } = fields(parseFields(body).data);
  const access = text(token);
  return access === null ? null : { ...before, access, refresh: text(refreshToken) ?? before.refresh };
}

/** Unix milliseconds at which an access token runs out, where it is a JSON web token that says so. */
export function expiryOf(access: string): number | null {
  const payload = access.split('.')[1];
  if (payload === undefined) return null;
  const { exp } = parseFields(Buffer.from(payload, 'base64url'));
  return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1_000 : null;
}
