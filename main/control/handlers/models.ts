import { mappingOf } from '../../registry/mappingOf.ts';
import type { ControlDeps } from '../deps.ts';
import type { ControlImplementer } from '../implementer.ts';
import { endpointIn } from '../lookUp.ts';
import { showEndpoint } from '../showEndpoint.ts';
import { modelPreview } from '../views/modelPreview.ts';
import { modelViews } from '../views/modelViews.ts';

export function modelHandlers(os: ControlImplementer, deps: ControlDeps) {
  return {
    list: os.models.list.handler(() =>
      modelViews(deps.snapshots.current, {
        modelLists: deps.modelLists,
        modelFacts: deps.modelFacts,
        previewRoute: deps.previewRoute,
        read: (account) => deps.accountStates.read(account.key, account.limits),
      }),
    ),
    preview: os.models.preview.handler(({ input }) =>
      modelPreview(deps.snapshots.current, input.model, deps.previewRoute, deps.modelFacts),
    ),
    map: os.models.map.handler(async ({ input }) => {
      await deps.config.edit((draft) => {
        const endpoint = endpointIn(draft, input.endpointId);
        // Names that came with the kind stay beside the first of the user's own.
        const mapping = new Map(Object.entries(mappingOf(endpoint)));
        for (const [name, upstreamModel] of Object.entries(input.names)) {
          if (upstreamModel === null) mapping.delete(name);
          else mapping.set(name, upstreamModel);
        }
        endpoint.modelMapping = Object.fromEntries(mapping);
      });
      return showEndpoint(deps, input.endpointId);
    }),
  };
}
