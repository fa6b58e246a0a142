import type { OndemandEmulator } from './ondemandEmulator.ts';

/** An endpoint of settings.json with every account of the emulator. */
export function exampleEndpoint({
  origin,
  keys,
  logins,
}: Pick<OndemandEmulator, 'origin' | 'keys' | 'logins'>) {
  return {
    id: 'ondemand',
    name: 'on-demand.io, emulated',
    kind: 'ondemand' as const,
    baseUrl: origin,
    accounts: [
      ...keys.map((secret, index) => ({ id: `key-${index + 1}`, secret })),
      ...logins.map(({ email, password }, index) => ({ id: `login-${index + 1}`, email, secret: password })),
    ],
    options: { authBaseUrl: origin, configBaseUrl: origin, mediaBaseUrl: origin },
  };
}
