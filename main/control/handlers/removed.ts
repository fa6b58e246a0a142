import type { ControlImplementer } from '../implementer.ts';
import type { RemovedItems } from '../removedItems.ts';

export function removedHandlers(os: ControlImplementer, removed: RemovedItems) {
  return {
    restore: os.removed.restore.handler(async ({ input }) => {
      await removed.restore(input.undo);
      return { ok: true as const };
    }),
  };
}
