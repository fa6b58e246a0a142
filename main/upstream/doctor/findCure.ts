// Looks for an address under which the server does answer, when the one given does not lead to an API. Only harmless GETs of the
// model list; the key goes nowhere but to the origin it was given for.
import { isNear, mendBaseUrl } from '../../contract/mendBaseUrl.ts';
import type { Mend } from '../../contract/schemas/check.ts';
import type { EndpointKind } from '../../contract/schemas/endpoint.ts';
import { errorMessageOf } from '../../protocol/errorMessage.ts';
import type { CompiledAccount, CompiledEndpoint } from '../../registry/snapshot.ts';
import { driverFor } from '../drivers.ts';
import { type Exchange, readAll } from '../transport.ts';
import { isWebPage } from './probeFault.ts';

export interface Place {
  readonly kind: EndpointKind;
  readonly baseUrl: string;
}

/** Where compatible servers keep their API, the usual first. */
const openaiPaths = [
  '/v1',
  '/api/v1',
  '/openai/v1',
  '/api',
  '/api/v3',
  '/compatible-mode/v1',
  '/v1beta/openai',
];
const maxPlaces = 12;

function otherScheme(baseUrl: string): string | null {
  const url = new URL(baseUrl);
  // Nobody is sent from https to http, unless the machine is a near one.
  if (url.protocol === 'https:') return isNear(url.hostname) ? baseUrl.replace(/^https:/i, 'http:') : null;
  return baseUrl.replace(/^http:/i, 'https:');
}

/** Other places of the same server, the likeliest first: never another host or port. */
export function placesToTry({ kind, baseUrl }: Pick<CompiledEndpoint, 'kind' | 'baseUrl'>): Place[] {
  const mended = mendBaseUrl(baseUrl, kind).baseUrl;
  const { origin, pathname } = new URL(mended);
  const bare = mended.replace(/\/v\d+[a-z0-9]*(?:\/.*)?$/i, '');
  const here = `${origin}${pathname === '/' ? '' : pathname}`;
  const places: Place[] = [{ kind, baseUrl: mended }];
  const swapped = otherScheme(mended);
  if (swapped) places.push({ kind, baseUrl: swapped });
  if (kind === 'openai') {
    places.push({ kind, baseUrl: bare });
    for (const path of openaiPaths) places.push({ kind, baseUrl: `${origin}${path}` });
  } else places.push({ kind, baseUrl: origin });
  if (kind === 'anthropic') places.push({ kind, baseUrl: `${origin}/anthropic` });
  for (const other of ['openai', 'anthropic', 'gemini'] as const)
    if (other !== kind) places.push({ kind: other, baseUrl: other === 'openai' ? bare : origin });

  const seen = new Set([`${kind} ${baseUrl}`]);
  return places
    .filter((place) => {
      const name = `${place.kind} ${place.baseUrl}`;
      if (seen.has(name)) return false;
      seen.add(name);
      return true;
    })
    .sort((a, b) => Number(b.baseUrl === here) - Number(a.baseUrl === here))
    .slice(0, maxPlaces);
}

export interface CureDeps {
  /** As the transport sends, so that proxies are kept. */
  listModels(endpoint: CompiledEndpoint, account: CompiledAccount): Exchange;
  listMs: number;
}

type Sign = 'list' | 'asks-for-key' | null;

async function signOf(place: Place, exchange: Exchange, ms: number, signal: AbortSignal): Promise<Sign> {
  const timer = setTimeout(() => exchange.abort(new Error('too slow')), ms);
  const onAbort = (): void => exchange.abort(new Error('cancelled'));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const response = await exchange.response;
    const body = await readAll(response, 8 * 1024 * 1024);
    if (response.status === 200)
      return (driverFor(place.kind)?.readModelList(body).length ?? 0) > 0 ? 'list' : null;
    // It knows the way and wants a key: as good as a list where none was sent.
    const isApi =
      !isWebPage(body) && /key|token|auth|credential/i.test(errorMessageOf(body, response.status));
    return (response.status === 401 || response.status === 403) && isApi ? 'asks-for-key' : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

/** A place that answers with a model list, or one that asks for the key where none may be sent; null where there is none. */
export async function findCure(
  endpoint: CompiledEndpoint,
  account: CompiledAccount,
  deps: CureDeps,
  signal?: AbortSignal,
): Promise<Extract<Mend, { do: 'address' }> | null> {
  // Sessions have hosts of their own, and Azure's address is its resource's.
  if (endpoint.kind === 'ondemand' || endpoint.kind === 'azure') return null;
  const { origin } = new URL(endpoint.baseUrl);
  const keyless: CompiledAccount = { ...account, credential: { state: 'none' } };
  const enough = new AbortController();
  const stop = (): void => enough.abort();
  signal?.addEventListener('abort', stop, { once: true });
  const tries = placesToTry(endpoint).map(async (place) => {
    const same = new URL(place.baseUrl).origin === origin;
    // The endpoint's own headers may hold a credential too.
    const there = { ...endpoint, ...place, headers: same ? endpoint.headers : {} };
    const exchange = deps.listModels(there, same ? account : keyless);
    const sign = await signOf(place, exchange, deps.listMs, enough.signal);
    return sign === 'list' || (sign === 'asks-for-key' && !same) ? place : null;
  });
  try {
    for (const next of tries) {
      const found = await next;
      if (!found) continue;
      const { baseUrl, kind } = found;
      return { do: 'address', baseUrl, ...(kind === endpoint.kind ? {} : { kind }) };
    }
    return null;
  } finally {
    stop();
    signal?.removeEventListener('abort', stop);
  }
}
