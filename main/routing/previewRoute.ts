// Where a request for a name would go if it came now: the routes and the plan of routing itself. It takes nothing and calls nobody.
import type { Unsupported } from '../guards/why.ts';
import { type ModelUse, modelUse } from '../registry/modelAbilities.ts';
import type { ModelLists } from '../registry/modelLists.ts';
import type { CompiledEndpoint, Snapshot } from '../registry/snapshot.ts';
import type { Dice } from './balancers.ts';
import { type Guards, planReadings } from './planReadings.ts';
import { type Plan, planRoute } from './planRoute.ts';
import { leftOutSkips, type Route, resolveModel } from './resolveModel.ts';

export interface RoutePreview {
  readonly routes: readonly Route[];
  readonly plan: Plan;
}

export type PreviewRoute = (snapshot: Snapshot, model: string) => RoutePreview;

interface PreviewDeps extends Guards {
  readonly modelLists: ModelLists;
  /** Why the endpoint can't serve a model of such use, or null. */
  unsupported(endpoint: CompiledEndpoint, use: ModelUse): Unsupported | null;
  /** The turn the model's next request will have, without taking it. */
  comingTurn(model: string): number;
}

/** The smallest request there is: limits that would stop it are reached for all. */
const oneToken = 1;

/** Where the strategy rolls dice, the even throw: heavier, faster and calmer accounts stand first, equals as they are written. */
const evenThrow = 0.5;

/** A conversation's own account, and what only a body shows, are not known here. */
export function createPreviewRoute(deps: PreviewDeps): PreviewRoute {
  return (snapshot, model) => {
    const routes = resolveModel(snapshot, deps.modelLists, model);
    const use = modelUse(routes[0]?.upstreamModel ?? model);
    const dice: Dice = { random: () => evenThrow, turn: () => deps.comingTurn(model) };
    const plan = planRoute({
      routes,
      strategy: snapshot.settings.routing.strategy,
      preferred: null,
      readings: planReadings(deps, oneToken, (endpoint) => deps.unsupported(endpoint, use)),
      dice,
    });
    const leftOut = leftOutSkips(snapshot, deps.modelLists, model);
    return { routes, plan: { ...plan, skipped: [...plan.skipped, ...leftOut] } };
  };
}
