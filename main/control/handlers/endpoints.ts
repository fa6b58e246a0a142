import { uniqueId, wishedEndpointId } from '../../base/uniqueId.ts';
import { demoBaseUrl, type Endpoint, endpointSchema } from '../../contract/schemas/endpoint.ts';
import type { Settings } from '../../contract/schemas/settings.ts';
import { ConflictError, InputInvalidError } from '../controlErrors.ts';
import type { ControlDeps } from '../deps.ts';
import { idsOnRecord } from '../idsOnRecord.ts';
import type { ControlImplementer } from '../implementer.ts';
import { endpointIn } from '../lookUp.ts';
import { newEndpoint } from '../newEndpoint.ts';
import { patchEndpoint } from '../patchEndpoint.ts';
import { endpointPresets } from '../presets.ts';
import { type PutBack, putBackEndpoint } from '../putBack.ts';
import type { RemovedItems } from '../removedItems.ts';
import { showEndpoint, showEndpoints } from '../showEndpoint.ts';

const demoId = 'demo';

function refuseTaken(draft: Settings, id: string): void {
  if (draft.endpoints.some((endpoint) => endpoint.id === id))
    throw new ConflictError(`There is already an endpoint "${id}".`);
}

/** The endpoints named first, in that order; the others keep theirs, behind them. */
function inOrder(endpoints: readonly Endpoint[], ids: readonly string[]): Endpoint[] {
  const place = new Map(ids.map((id, index) => [id, index]));
  return [...endpoints].sort(
    (a, b) => (place.get(a.id) ?? ids.length) - (place.get(b.id) ?? ids.length) || a.priority - b.priority,
  );
}

export function endpointHandlers(os: ControlImplementer, deps: ControlDeps, removed: RemovedItems) {
  /** What an earlier holder of the id went through is not the new one's doing. */
  function startAfresh(id: string, accountIds: readonly string[]): void {
    for (const accountId of accountIds) deps.accountStates.clear(`${id}/${accountId}`);
  }

  return {
    list: os.endpoints.list.handler(() => showEndpoints(deps)),
    presets: os.endpoints.presets.handler(() => endpointPresets()),
    create: os.endpoints.create.handler(async ({ input }) => {
      let id = '';
      const past = (await idsOnRecord(deps)).endpoints;
      await deps.config.edit((draft) => {
        const taken = draft.endpoints.map((endpoint) => endpoint.id);
        if (input.id !== undefined) refuseTaken(draft, input.id);
        id = input.id ?? uniqueId(wishedEndpointId(input), [...past, ...taken]);
        draft.endpoints.push(newEndpoint(id, input));
      });
      deps.modelLists.forget(id);
      const view = showEndpoint(deps, id);
      startAfresh(
        id,
        view.accounts.map((account) => account.id),
      );
      return showEndpoint(deps, id);
    }),
    createDemo: os.endpoints.createDemo.handler(async () => {
      await deps.config.edit((draft) => {
        refuseTaken(draft, demoId);
        if (draft.endpoints.some((endpoint) => endpoint.baseUrl === demoBaseUrl))
          throw new ConflictError('The demo endpoint is there already.');
        draft.endpoints.push(
          endpointSchema.parse({
            id: demoId,
            name: 'Demo (no network)',
            kind: 'openai',
            baseUrl: demoBaseUrl,
            free: true,
            models: ['demo'],
          }),
        );
      });
      return showEndpoint(deps, demoId);
    }),
    /** A base URL of another origin drops the stored keys unless `secrets` brings new ones: a key belongs to one origin. */
    update: os.endpoints.update.handler(async ({ input }) => {
      let changed: string[] = [];
      let moved = false;
      await deps.config.edit((draft) => {
        const endpoint = endpointIn(draft, input.id);
        moved = input.patch.baseUrl !== undefined && input.patch.baseUrl !== endpoint.baseUrl;
        changed = patchEndpoint(endpoint, input.patch, input.secrets ?? {});
      });
      if (moved) deps.modelLists.forget(input.id);
      startAfresh(input.id, changed);
      return showEndpoint(deps, input.id);
    }),
    remove: os.endpoints.remove.handler(async ({ input }) => {
      let putBack: PutBack = () => {};
      await deps.config.edit((draft) => {
        putBack = putBackEndpoint(draft, deps.config.reveal, input.id);
        draft.endpoints = draft.endpoints.filter((endpoint) => endpoint.id !== input.id);
      });
      deps.modelLists.forget(input.id);
      return { ok: true as const, undo: removed.keep(putBack) };
    }),
    reorder: os.endpoints.reorder.handler(async ({ input }) => {
      if (new Set(input.ids).size !== input.ids.length)
        throw new InputInvalidError('ids', 'names an endpoint twice');
      await deps.config.edit((draft) => {
        for (const id of [...input.ids, ...input.shared]) endpointIn(draft, id);
        let priority = -1;
        for (const endpoint of inOrder(draft.endpoints, input.ids)) {
          if (priority < 0 || !input.shared.includes(endpoint.id)) priority += 1;
          endpoint.priority = priority;
        }
      });
      return showEndpoints(deps);
    }),
  };
}
