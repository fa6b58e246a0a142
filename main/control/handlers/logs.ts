import type { ControlDeps } from '../deps.ts';
import type { ControlImplementer } from '../implementer.ts';
import { tailLog } from '../logTail.ts';

export function logHandlers(os: ControlImplementer, deps: ControlDeps) {
  return {
    tail: os.logs.tail.handler(({ signal }) => tailLog(deps.platform.log.file, signal)),
  };
}
