import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { ControlClient } from './controlClient.ts';

/** Query and mutation options of every operation, keyed by its path. */
export function createOperations(client: ControlClient) {
  return createTanstackQueryUtils(client);
}

export type Operations = ReturnType<typeof createOperations>;
