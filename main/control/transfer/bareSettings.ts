import type { Endpoint } from '../../contract/schemas/endpoint.ts';
import type { Settings } from '../../contract/schemas/settings.ts';
import { concealValues } from '../concealed.ts';

/** Without the values that would be shown masked. */
function bareValues<T>(values: Readonly<Record<string, T>>): Record<string, T> {
  const shown = concealValues(values);
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => shown[name] === value));
}

/** `http://user:password@host` -> `http://user@host`. */
export function bareProxy(proxy: string | null): string | null {
  return proxy?.replace(/^([a-z0-9]+:\/\/[^:@/]*):[^/]*@/i, '$1@') ?? null;
}

function bareEndpoint(endpoint: Endpoint): Endpoint {
  return {
    ...endpoint,
    headers: bareValues(endpoint.headers),
    options: bareValues(endpoint.options),
    proxy: bareProxy(endpoint.proxy),
    accounts: endpoint.accounts.map(({ secret, ...account }) =>
      typeof secret === 'object' && 'env' in secret ? { ...account, secret } : account,
    ),
  };
}

/**
 * The settings without any secret, and without references to a vault that only this machine has. Client keys are nothing
 * without theirs, and are left out; names of environment variables stay.
 */
export function bareSettings(settings: Settings): Settings {
  return {
    ...settings,
    network: { ...settings.network, proxy: bareProxy(settings.network.proxy) },
    clientKeys: [],
    endpoints: settings.endpoints.map(bareEndpoint),
  };
}
