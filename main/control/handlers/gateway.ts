import type { ControlDeps } from '../deps.ts';
import type { ControlImplementer } from '../implementer.ts';

export function gatewayHandlers(os: ControlImplementer, deps: ControlDeps) {
  return {
    status: os.gateway.status.handler(() => deps.lifecycle.status()),
    start: os.gateway.start.handler(() => deps.lifecycle.start()),
    stop: os.gateway.stop.handler(() => deps.lifecycle.stop()),
  };
}
