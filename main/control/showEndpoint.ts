import { dayWindow } from '../base/day.ts';
import type { AccountView, EndpointView } from '../contract/schemas/views.ts';
import { NotFoundError } from './controlErrors.ts';
import type { ControlDeps } from './deps.ts';
import { type EndpointFacts, endpointViews } from './views/endpointView.ts';

type Sources = Pick<ControlDeps, 'snapshots' | 'accountStates' | 'modelLists' | 'clock'>;

function quotaDayOf({ clock, snapshots }: Sources): EndpointView['quotaDay'] {
  const { startsAt, endsAt } = dayWindow(clock.now(), snapshots.current.settings.usage.quotaTimeZone);
  return { startsAt, endsAt };
}

const factsOf = (deps: Sources): EndpointFacts => ({
  quotaDay: quotaDayOf(deps),
  read: (account) => deps.accountStates.read(account.key, account.limits),
  modelList: (endpointId) => deps.modelLists.get(endpointId)?.map(({ id }) => id) ?? null,
});

/** All endpoints as they stand now, in the order they are tried. */
export function showEndpoints(deps: Sources): EndpointView[] {
  return endpointViews(deps.snapshots.current, factsOf(deps));
}

export function showEndpoint(deps: Sources, id: string): EndpointView {
  const view = showEndpoints(deps).find((endpoint) => endpoint.id === id);
  if (!view) throw new NotFoundError(`There is no endpoint "${id}".`);
  return view;
}

export function showAccount(deps: Sources, endpointId: string, accountId: string): AccountView {
  const view = showEndpoint(deps, endpointId).accounts.find((account) => account.id === accountId);
  if (!view) throw new NotFoundError(`Endpoint "${endpointId}" has no account "${accountId}".`);
  return view;
}
