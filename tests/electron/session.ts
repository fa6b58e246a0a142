// The session: custom protocols, the filter of requests, and permissions as their handlers answer.
import type { BrowserContext, Route } from 'playwright-core';
import { toElectron, toReal } from './customScheme.ts';
import { refuseUnknown } from './knownOptions.ts';

type BeforeRequest =
  | ((
      details: Electron.OnBeforeRequestListenerDetails,
      callback: (response: Electron.CallbackResponse) => void,
    ) => void)
  | null;
type Handler<Name extends keyof Electron.Session> = Electron.Session[Name] extends (
  handler: infer Given,
  ...rest: never[]
) => unknown
  ? Given
  : never;

/** Electron's name of a permission, and Chromium's for the debugging protocol. */
const permissions = [
  ['notifications', 'notifications'],
  ['geolocation', 'geolocation'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['clipboard-read', 'clipboard-read'],
  ['midi', 'midi'],
] as const;

const protocols = new Map<string, (request: Request) => Response | Promise<Response>>();
const privileged = new Map<string, Electron.Privileges>();
/** Set by the app: some calls are allowed before it is ready, some after. */
export const appPhase = { ready: false };

class StandInWebRequest {
  filter: Electron.WebRequestFilter | null = null;
  listener: BeforeRequest = null;

  onBeforeRequest(filter: Electron.WebRequestFilter, listener: BeforeRequest): void {
    this.filter = filter;
    this.listener = listener;
  }

  /** Patterns as Chromium's match patterns: `scheme://host/path` with `*`. */
  #matches(address: string): boolean {
    return (this.filter?.urls ?? []).some((pattern) => {
      const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
      return new RegExp(`^${source}$`).test(address);
    });
  }

  /** What the listener says to a request; true where it does not care. */
  allows(address: string): Promise<boolean> {
    const { listener } = this;
    if (!listener || !this.#matches(address)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const details = { url: address } as Electron.OnBeforeRequestListenerDetails;
      listener(details, ({ cancel }) => resolve(!cancel));
    });
  }
}

export class StandInSession
  implements
    Pick<
      Electron.Session,
      | 'setPermissionRequestHandler'
      | 'setPermissionCheckHandler'
      | 'setDevicePermissionHandler'
      | 'setDisplayMediaRequestHandler'
      | 'resolveProxy'
    >
{
  readonly webRequest = new StandInWebRequest();
  #request: Handler<'setPermissionRequestHandler'> | null = null;
  #check: Handler<'setPermissionCheckHandler'> | null = null;

  /** In the form of a PAC script's answer; this machine's browser has none to name. */
  async resolveProxy(_url: string): Promise<string> {
    return 'DIRECT';
  }
  setPermissionRequestHandler(handler: Handler<'setPermissionRequestHandler'> | null): void {
    this.#request = handler;
  }
  setPermissionCheckHandler(handler: Handler<'setPermissionCheckHandler'> | null): void {
    this.#check = handler;
  }
  setDevicePermissionHandler(_handler: Handler<'setDevicePermissionHandler'> | null): void {
    // A headless Chromium has no devices to ask about.
  }
  setDisplayMediaRequestHandler(_handler: Handler<'setDisplayMediaRequestHandler'> | null): void {
    // Nor a screen that could be shared.
  }

  #granted(permission: (typeof permissions)[number][0], origin: string): Promise<boolean> {
    if (this.#check && !this.#check(null, permission, origin, {} as never)) return Promise.resolve(false);
    const request = this.#request;
    // Without a handler Electron grants everything.
    if (!request) return Promise.resolve(true);
    return new Promise((resolve) => request(null as never, permission, resolve, {} as never));
  }

  /** Makes Chromium answer as the handlers do. */
  async applyPermissions(context: BrowserContext, address: string): Promise<void> {
    const { origin } = new URL(toReal(address, protocols.keys()));
    const granted: string[] = [];
    for (const [electron, chromium] of permissions)
      if (await this.#granted(electron, new URL(address).origin)) granted.push(chromium);
    await context.grantPermissions(granted, { origin });
  }
}

const session = new StandInSession();

export const sessionModule = {
  get defaultSession(): StandInSession {
    if (!appPhase.ready) throw new Error('Session can only be received when app is ready');
    return session;
  },
};

export const protocolModule = {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (appPhase.ready)
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) {
      refuseUnknown('Privileges', privileges ?? {});
      privileged.set(scheme, privileges ?? {});
    }
  },
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    if (!appPhase.ready) throw new Error('protocol.handle can only be called when app is ready');
    if (!privileged.get(scheme)?.standard)
      throw new Error(`the stand-in models standard schemes only: ${scheme}`);
    protocols.set(scheme, handler);
  },
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged'> & { handle: unknown };

export const realAddress = (address: string): string => toReal(address, protocols.keys());

/** Answers a request of a page as Electron's network would. */
export async function answerRequest(route: Route): Promise<void> {
  const request = route.request();
  const address = toElectron(request.url());
  const scheme = new URL(address).protocol.slice(0, -1);
  const handler = protocols.get(scheme);
  if (!(await session.webRequest.allows(address))) return route.abort('blockedbyclient');
  if (!handler) return route.continue();
  if (request.resourceType() === 'fetch' && !privileged.get(scheme)?.supportFetchAPI) return route.abort();
  const body = request.postDataBuffer();
  const response = await handler(
    new Request(address, {
      method: request.method(),
      headers: request.headers(),
      ...(body ? { body: new Uint8Array(body) } : {}),
    }),
  );
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}
