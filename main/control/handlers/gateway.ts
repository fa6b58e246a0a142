import type { SpendingInput, SpendingMode } from '../../contract/schemas/spending.ts';
import type { ControlDeps } from '../deps.ts';
import type { ControlImplementer } from '../implementer.ts';
import { endpointIn } from '../lookUp.ts';

function modeFrom(input: SpendingInput, now: number): SpendingMode {
  const after = (minutes: number): number => now + minutes * 60_000;
  if (input.mode === 'endpoint')
    return { mode: 'endpoint', endpointId: input.endpointId, until: after(input.minutes) };
  if (input.mode === 'paused')
    return { mode: 'paused', until: input.minutes === undefined ? null : after(input.minutes) };
  return { mode: input.mode };
}

export function gatewayHandlers(os: ControlImplementer, deps: ControlDeps) {
  return {
    status: os.gateway.status.handler(() => deps.lifecycle.status()),
    start: os.gateway.start.handler(() => deps.lifecycle.start()),
    stop: os.gateway.stop.handler(() => deps.lifecycle.stop()),
    setSpending: os.gateway.setSpending.handler(({ input }) => {
      if (input.mode === 'endpoint') endpointIn(deps.snapshots.current.settings, input.endpointId);
      deps.spending.set(modeFrom(input, deps.clock.now()));
      return deps.lifecycle.status();
    }),
  };
}
