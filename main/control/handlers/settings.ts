import { isNearby } from '../../base/isNearby.ts';
import { demoBaseUrl } from '../../contract/schemas/endpoint.ts';
import type { Settings } from '../../contract/schemas/settings.ts';
import { restoredProxy, shownProxy } from '../concealed.ts';
import type { ControlDeps } from '../deps.ts';
import { given } from '../given.ts';
import type { ControlImplementer } from '../implementer.ts';
import { hostName, webOrigin } from '../serverLists.ts';
import { settingsView } from '../views/settingsView.ts';

const wellKnown = 'https://api.openai.com';

/** Where a trial goes: to an upstream of the user's that lies outside, else to one that everybody knows. */
function trialTarget({ endpoints }: Settings): string {
  const outside = endpoints.find(
    ({ baseUrl, enabled, proxy }) =>
      enabled && proxy === null && baseUrl !== demoBaseUrl && !isNearby(new URL(baseUrl).hostname),
  );
  return outside ? new URL(outside.baseUrl).origin : wellKnown;
}

export function settingsHandlers(os: ControlImplementer, deps: ControlDeps) {
  return {
    get: os.settings.get.handler(() => settingsView(deps.config.settings)),
    update: os.settings.update.handler(async ({ input }) => {
      const { allowedHosts, allowedOrigins, ...server } = given(input.server);
      const hosts = allowedHosts?.map((host, index) => hostName(host, `server.allowedHosts[${index}]`));
      const sites = allowedOrigins?.map((site, index) => webOrigin(site, `server.allowedOrigins[${index}]`));
      const settings = await deps.config.edit((draft) => {
        Object.assign(draft.server, server);
        if (hosts) draft.server.allowedHosts = [...new Set(hosts)];
        if (sites) draft.server.allowedOrigins = [...new Set(sites)];
        const { proxy } = given(input.network);
        if (proxy !== undefined) draft.network.proxy = restoredProxy(proxy, draft.network.proxy);
        Object.assign(draft.routing, given(input.routing));
        Object.assign(draft.timeouts, given(input.timeouts));
        Object.assign(draft.usage, given(input.usage));
        Object.assign(draft.ui, given(input.ui));
      });
      return settingsView(settings);
    }),
    decideOrigin: os.settings.decideOrigin.handler(async ({ input }) => {
      const origin = webOrigin(input.origin, 'origin');
      if (input.allow) {
        await deps.config.edit((draft) => {
          const { allowedOrigins } = draft.server;
          if (!allowedOrigins.includes(origin)) allowedOrigins.push(origin);
        });
      }
      deps.origins.decide(origin, input.allow);
      return { ok: true as const };
    }),
    testProxy: os.settings.testProxy.handler(async ({ input }) => {
      const { settings, networkProxy } = deps.snapshots.current;
      const isHeld = input.proxy === shownProxy(settings.network.proxy);
      const proxy = isHeld ? networkProxy : input.proxy;
      const target = trialTarget(settings);
      return { target, ...(await deps.reach(`${target}/`, proxy)) };
    }),
  };
}
