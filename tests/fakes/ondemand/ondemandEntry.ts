// A request as the journal keeps it: everything but the secrets.
import { maskSecret } from '../../../main/base/redact.ts';
import { type Exchange, newExchange } from '../upstream/journal.ts';
import type { UpstreamRequest } from '../upstream/upstreamRequest.ts';
import type { OndemandFilter } from './faults.ts';
import type { RouteName } from './routes.ts';

export interface OndemandEntry extends Exchange {
  /** Null where the service has no such route. */
  readonly route: RouteName | null;
  /** Whose credential came along: `key-1`, `ada@example.com`; null for one that nobody has. */
  readonly account: string | null;
  /** Session of the path. */
  readonly session: string | null;
}

const secretHeaders = ['apikey', 'authorization', 'x-api-key', 'cookie'];

/** `Bearer ••4f2a`; of a Basic pair nothing is left. */
function masked(name: string, value: string): string {
  if (!secretHeaders.includes(name.toLowerCase()) || value === '') return value;
  const [, scheme = '', secret = value] = /^(Basic |Bearer )(.*)$/i.exec(value) ?? [];
  return scheme + (/basic/i.test(scheme) ? '••' : maskSecret(secret));
}

/** The tokens of a refresh; no other body of the protocol holds a secret. */
function withoutTokens({ json, body }: UpstreamRequest): Pick<UpstreamRequest, 'json' | 'body'> {
  const data = json?.data;
  if (typeof data !== 'object' || data === null) return { json, body };
  const hidden = Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      typeof value === 'string' ? maskSecret(value) : value,
    ]),
  );
  const kept = { ...json, data: hidden };
  return { json: kept, body: Buffer.from(JSON.stringify(kept)) };
}

export function newOndemandEntry(
  request: UpstreamRequest,
  about: Pick<OndemandEntry, 'route' | 'account' | 'session' | 'model' | 'id' | 'connection' | 'fault'>,
): OndemandEntry {
  const { headers, rawHeaders } = request;
  return {
    ...newExchange(request, about),
    ...(about.route === 'refresh' ? withoutTokens(request) : {}),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, masked(name, value)])),
    rawHeaders: rawHeaders.map((text, at) => (at % 2 === 1 ? masked(rawHeaders[at - 1] ?? '', text) : text)),
    key: null,
    model: about.model,
    route: about.route,
    account: about.account,
    session: about.session,
  };
}

export function entryMeets(entry: OndemandEntry, filter: OndemandFilter): boolean {
  return (
    (filter.account === undefined || filter.account === entry.account) &&
    (filter.route === undefined || filter.route === entry.route) &&
    (filter.model === undefined || filter.model === entry.model)
  );
}
