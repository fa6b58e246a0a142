import { NotFoundError } from '../controlErrors.ts';
import type { ControlDeps } from '../deps.ts';
import type { ControlImplementer } from '../implementer.ts';

export function recordHandlers(os: ControlImplementer, deps: ControlDeps) {
  return {
    list: os.records.list.handler(({ input }) => deps.usage.list(input)),
    get: os.records.get.handler(async ({ input }) => {
      const record = await deps.usage.get(input.id);
      if (!record) throw new NotFoundError(`There is no record "${input.id}". It may have been pruned.`);
      return record;
    }),
    body: os.records.body.handler(({ input }) => deps.usage.bodies(input.id)),
  };
}
