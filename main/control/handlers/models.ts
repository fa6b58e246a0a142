import type { ControlDeps } from '../deps.ts';
import type { ControlImplementer } from '../implementer.ts';
import { modelViews } from '../views/modelViews.ts';

export function modelHandlers(os: ControlImplementer, deps: ControlDeps) {
  return {
    list: os.models.list.handler(() =>
      modelViews(deps.snapshots.current, deps.modelLists, deps.modelFacts, (account) =>
        deps.accountStates.read(account.key, account.limits),
      ),
    ),
  };
}
