import { whyNotAsked } from '../guards/why.ts';
import { leftOutSkips, type Route, resolveModel } from '../routing/resolveModel.ts';
import { modelNotFound } from './modelNotFound.ts';
import type { RunningTurn } from './runningTurn.ts';

/**
 * The endpoints that may be asked: all that serve the model, or of those the one the request is for. The others are
 * written down as passed over. Throws `model_not_found`.
 */
export function routesOf({ request, snapshot, deps, entry }: RunningTurn): readonly Route[] {
  const { model, onlyEndpoint } = request;
  const served = resolveModel(snapshot, deps.modelLists, model);
  const asked =
    onlyEndpoint === null ? served : served.filter(({ endpoint }) => endpoint.id === onlyEndpoint);
  const leftOut = leftOutSkips(snapshot, deps.modelLists, model);
  if (leftOut.length > 0) entry.skip(leftOut);
  if (asked.length === 0) throw modelNotFound(snapshot, model, onlyEndpoint, leftOut);
  if (asked.length < served.length) {
    const others = served.filter(({ endpoint }) => endpoint.id !== onlyEndpoint);
    const why = whyNotAsked(onlyEndpoint ?? '');
    entry.skip(
      others.map(({ endpoint }) => ({ endpointId: endpoint.id, accountId: null, ...why, until: null })),
    );
  }
  return asked;
}
