// Secrets in an endpoint's headers, proxy and options, and in the network's proxy, as forms see them: as masks. A mask that comes
// back from a form unchanged stands for what it hides.
import { isDeepStrictEqual } from 'node:util';
import { joinProxy } from '../base/proxyUrl.ts';
import type { ProxySetting } from '../contract/schemas/endpoint.ts';
import {
  type EndpointWithSecrets,
  hiddenSpots,
  networkSpots,
  type SecretSpot,
} from '../registry/secretSpots.ts';
import { InputInvalidError } from './controlErrors.ts';

/** Nothing of the secret: of a cookie or a password, four letters are a good part. */
const mask = '••';

const isMask = (text: string): boolean => text.startsWith(mask);

type Hidden = Pick<EndpointWithSecrets, 'headers' | 'proxy' | 'options'>;

/** What windows are shown. */
export interface Concealed {
  headers: Record<string, string>;
  proxy: string | null;
  options: Record<string, unknown>;
}

/** `http://user:••@host`. */
export function shownProxy(proxy: ProxySetting | null): string | null {
  const network = { proxy };
  for (const spot of networkSpots({ network })) {
    spot.remove();
    network.proxy = joinProxy(String(network.proxy), mask, 'raw');
  }
  return typeof network.proxy === 'object' ? null : network.proxy;
}

/** A copy that holds no secret and no reference. */
export function conceal(endpoint: Hidden): Concealed {
  const { headers = {}, options = {} } = endpoint;
  const copy = structuredClone({ id: '', headers, options });
  for (const spot of hiddenSpots(copy)) spot.show(mask);
  return {
    headers: copy.headers as Record<string, string>,
    proxy: shownProxy(endpoint.proxy ?? null),
    options: copy.options,
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `next`, where it is what was shown of `current`, is `current`; and so for every member. */
export function restored<T>(next: unknown, shown: unknown, current: T): T {
  if (isDeepStrictEqual(next, shown)) return structuredClone(current);
  if (!isRecord(next) || !isRecord(shown) || !isRecord(current)) return next as T;
  const members = Object.entries(next).map(([name, value]) => [
    name,
    Object.hasOwn(shown, name) ? restored(value, shown[name], current[name]) : value,
  ]);
  return Object.fromEntries(members) as T;
}

/** Throws InputInvalidError for a mask that stands for nothing, and for a reference that none of `held` is. */
function refuseUntyped(spots: readonly SecretSpot[], held: readonly SecretSpot[]): void {
  for (const { path, secret } of spots) {
    if (typeof secret === 'string') {
      if (isMask(secret))
        throw new InputInvalidError(path, 'is a mask that hides nothing here; type the value');
    } else if (!held.some((spot) => isDeepStrictEqual(spot.secret, secret)))
      throw new InputInvalidError(path, 'must be typed; references are for settings.json alone');
  }
}

/** The same for an endpoint that a window writes; `before` is null for a new one. */
export function refuseUntypedSecrets(
  endpoint: EndpointWithSecrets,
  before: EndpointWithSecrets | null,
): void {
  refuseUntyped(hiddenSpots(endpoint), before ? hiddenSpots(before) : []);
}

/** What a form sent for `network.proxy`, or what it stands for. Throws InputInvalidError for a mask of another one. */
export function restoredProxy(next: string | null, current: ProxySetting | null): ProxySetting | null {
  const proxy = next === shownProxy(current) ? current : next;
  refuseUntyped(networkSpots({ network: { proxy } }), networkSpots({ network: { proxy: current } }));
  return proxy;
}

/** Takes out every secret that `endpoint` shares with `before`: what was not typed anew. Its proxy is no part of that. */
export function dropHeldSecrets(endpoint: EndpointWithSecrets, before: EndpointWithSecrets): void {
  const held = hiddenSpots({ ...before, proxy: null });
  for (const spot of hiddenSpots({ ...endpoint, proxy: null }))
    if (held.some(({ secret }) => isDeepStrictEqual(secret, spot.secret))) spot.remove();
}
