import { InputInvalidError } from '../controlErrors.ts';
import type { ControlDeps } from '../deps.ts';
import { given } from '../given.ts';
import type { ControlImplementer } from '../implementer.ts';
import { settingsView } from '../views/settingsView.ts';

/** `http(s)://host[:port]` as a browser writes it, or an InputInvalidError. */
function webOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.origin !== text.toLowerCase())
    throw new InputInvalidError('origin', 'must be a web origin, such as https://app.example.com');
  return url.origin;
}

export function settingsHandlers(os: ControlImplementer, deps: ControlDeps) {
  return {
    get: os.settings.get.handler(() => settingsView(deps.config.settings)),
    update: os.settings.update.handler(async ({ input }) => {
      const settings = await deps.config.edit((draft) => {
        Object.assign(draft.server, given(input.server));
        Object.assign(draft.routing, given(input.routing));
        Object.assign(draft.timeouts, given(input.timeouts));
        Object.assign(draft.usage, given(input.usage));
        Object.assign(draft.ui, given(input.ui));
      });
      return settingsView(settings);
    }),
    decideOrigin: os.settings.decideOrigin.handler(async ({ input }) => {
      const origin = webOrigin(input.origin);
      if (input.allow) {
        await deps.config.edit((draft) => {
          const { allowedOrigins } = draft.server;
          if (!allowedOrigins.includes(origin)) allowedOrigins.push(origin);
        });
      }
      deps.origins.decide(origin, input.allow);
      return { ok: true as const };
    }),
  };
}
