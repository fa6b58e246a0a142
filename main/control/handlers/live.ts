import type { ControlDeps } from '../deps.ts';
import type { ControlImplementer } from '../implementer.ts';

export function liveHandlers(os: ControlImplementer, deps: ControlDeps) {
  return {
    events: os.live.events.handler(({ signal }) => deps.liveBus.stream(signal)),
  };
}
