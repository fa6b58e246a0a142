// Decides which models an endpoint is known not to serve now: by its own list, or because every account was told so.
import type { AccountView, EndpointView } from '../../contract/schemas/views.ts';
import { isPattern, mapModel } from '../../registry/modelPattern.ts';
import { servedNames } from '../../registry/servedNames.ts';
import type { CompiledEndpoint } from '../../registry/snapshot.ts';

type Holder = Pick<AccountView, 'enabled' | 'holds'>;

/** Models that users brought themselves; on-demand.io's list is of its own. */
const usersOwn = 'byoi-';

/**
 * Asked for an upstream's model: null where nothing speaks against it. `list` is the endpoint's own, null while unknown.
 * Only on-demand.io's list says which ids are active; others also serve what they do not list.
 */
export function inactiveModels(
  endpoint: Pick<CompiledEndpoint, 'kind'>,
  list: readonly string[] | null,
  accounts: readonly Holder[],
): (upstreamModel: string) => { reason: string | null } | null {
  const active = endpoint.kind === 'ondemand' && list && list.length > 0 ? new Set(list) : null;
  const told = accounts
    .filter(({ enabled }) => enabled)
    .map(({ holds }) => holds.filter(({ state }) => state === 'missing'))
    .map((holds) => new Map(holds.map(({ model, reason }) => [model, reason])));
  return (upstreamModel) => {
    const reasons = told.flatMap((holds) => holds.get(upstreamModel) ?? []);
    const unlisted = active !== null && !active.has(upstreamModel) && !upstreamModel.startsWith(usersOwn);
    const refused = told.length > 0 && reasons.length === told.length;
    return unlisted || refused ? { reason: reasons[0] ?? null } : null;
  };
}

/** Of the names that the settings give an endpoint, those it can't serve now. Patterns name no model. */
export function inactiveNames(
  endpoint: CompiledEndpoint,
  list: readonly string[] | null,
  accounts: readonly Holder[],
): EndpointView['inactive'] {
  const inactive = inactiveModels(endpoint, list, accounts);
  const mapped = Object.keys(endpoint.modelMapping).filter((name) => !isPattern(name));
  return [...new Set([...mapped, ...servedNames(endpoint, null)])].flatMap((name) => {
    const upstreamModel = mapModel(endpoint.modelMapping, name) ?? name;
    const found = inactive(upstreamModel);
    return found ? [{ name, upstreamModel, reason: found.reason }] : [];
  });
}
