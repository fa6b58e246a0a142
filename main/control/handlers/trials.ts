import type { ControlDeps } from '../deps.ts';
import type { ControlImplementer } from '../implementer.ts';
import { endpointIn } from '../lookUp.ts';

export function trialHandlers(os: ControlImplementer, deps: ControlDeps) {
  return {
    try: os.requests.try.handler(({ input, signal }) => {
      if (input.endpointId !== null) endpointIn(deps.config.settings, input.endpointId);
      return deps.runTrial(input, signal);
    }),
  };
}
