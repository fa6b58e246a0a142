// What every part logs, redacts and tells through; made before anything that could hold a secret.
import { createLog, type Log } from '../base/log.ts';
import { createRedactor, type Redactor } from '../base/redact.ts';
import { createLiveBus, type LiveBus } from '../control/liveBus.ts';
import { createProblems, type Problems } from '../control/problems.ts';
import type { Platform } from '../platform.ts';

export interface Foundation {
  readonly redactor: Redactor;
  readonly log: Log;
  readonly liveBus: LiveBus;
  readonly problems: Problems;
  /** Tells windows that the gateway's status is another one. */
  statusChanged(): void;
}

export function createFoundation({ clock, log: { level, sink }, adminToken }: Platform): Foundation {
  const redactor = createRedactor();
  if (adminToken !== null) redactor.add(adminToken);
  const log = createLog({ level, sink, redactor, now: clock.now });
  const liveBus = createLiveBus({ log });
  const statusChanged = (): void => liveBus.publish({ name: 'status' });
  const problems = createProblems({ now: clock.now, onChange: statusChanged });
  return { redactor, log, liveBus, problems, statusChanged };
}
