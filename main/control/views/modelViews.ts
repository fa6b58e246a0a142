// The merged catalogue: every name a client may ask for, and where a request for it goes.
import type { ModelAbility, ModelRoute, ModelView } from '../../contract/schemas/models.ts';
import type { AccountReading } from '../../guards/accountStates.ts';
import { whyHeld } from '../../guards/why.ts';
import { type KnownModel, knownModel } from '../../registry/knownModel.ts';
import type { ModelFacts, ModelOverrides } from '../../registry/modelFacts.ts';
import type { ModelLists } from '../../registry/modelLists.ts';
import { isPattern, mapModel } from '../../registry/modelPattern.ts';
import { servedNames } from '../../registry/servedNames.ts';
import type { CompiledAccount, CompiledEndpoint, Snapshot } from '../../registry/snapshot.ts';
import type { Plan } from '../../routing/planRoute.ts';
import type { PreviewRoute } from '../../routing/previewRoute.ts';
import { inactiveModels } from './inactiveModels.ts';
import { routeStanding, whyOf } from './routeStanding.ts';

export interface CatalogueSources {
  modelLists: ModelLists;
  modelFacts(upstreamModel: string, overrides: ModelOverrides): ModelFacts;
  previewRoute: PreviewRoute;
  read(account: CompiledAccount): Pick<AccountReading, 'holds'>;
}

/** What the endpoint serves by name: its models or its own list, and exact mapping keys. Patterns name no model. */
function namesOf(endpoint: CompiledEndpoint, lists: ModelLists): Set<string> {
  const served = servedNames(endpoint, lists.names(endpoint.id));
  const mapped = Object.keys(endpoint.modelMapping).filter((name) => !isPattern(name));
  return new Set([...served, ...mapped]);
}

const parameterAbilities: Readonly<Record<string, ModelAbility>> = {
  tools: 'tools',
  reasoning: 'reasoning',
  reasoning_effort: 'reasoning',
  include_reasoning: 'reasoning',
};

const modalities = ['image', 'audio', 'video', 'file'] as const satisfies readonly ModelAbility[];

function abilitiesOf({ inputModalities, supportedParameters }: KnownModel): ModelAbility[] | null {
  if (!inputModalities && !supportedParameters) return null;
  const can = (supportedParameters ?? []).flatMap((parameter) => parameterAbilities[parameter] ?? []);
  return [...modalities.filter((modality) => inputModalities?.includes(modality)), ...new Set(can)];
}

/** Those to be tried first, then the others as the user put them. */
function inOrderOf<T extends { endpoint: CompiledEndpoint }>(endpoints: readonly T[], plan: Plan): T[] {
  const places = new Map<string, number>();
  plan.candidates.forEach(({ endpoint }, index) => {
    if (!places.has(endpoint.id)) places.set(endpoint.id, index);
  });
  const place = ({ endpoint }: T) => places.get(endpoint.id) ?? plan.candidates.length;
  return [...endpoints].sort((a, b) => place(a) - place(b) || a.endpoint.priority - b.endpoint.priority);
}

/** The endpoints that have the name and leave it out, as they stand beside those that serve it. Whose list is not known has no name. */
function leftOutRoutes(id: string, plan: Plan, hasList: (endpointId: string) => boolean): ModelRoute[] {
  return plan.skipped
    .filter(({ code, endpointId }) => code === 'excluded' && hasList(endpointId))
    .map((skip) => ({
      endpointId: skip.endpointId,
      upstreamModel: id,
      inactive: false,
      state: 'off',
      why: whyOf(skip),
      until: null,
    }));
}

/**
 * Sorted by name. A name is there where an endpoint that is switched on serves it; its routes are all that name it,
 * also those switched off. Endpoints whose list is not known yet take any name, and are named for none.
 */
export function modelViews(snapshot: Snapshot, sources: CatalogueSources): ModelView[] {
  const { modelLists, previewRoute, read } = sources;
  const { modelOverrides } = snapshot.settings.usage;
  const modelFacts = (upstreamModel: string) => sources.modelFacts(upstreamModel, modelOverrides);
  const inactiveAt = (endpoint: CompiledEndpoint) => {
    const list = modelLists.get(endpoint.id)?.map(({ id }) => id) ?? null;
    const accounts = endpoint.accounts.map((account) => ({ ...account, holds: read(account).holds }));
    return inactiveModels(endpoint, list, accounts);
  };
  const endpoints = snapshot.endpoints.map((endpoint) => ({
    endpoint,
    names: namesOf(endpoint, modelLists),
    inactive: inactiveAt(endpoint),
  }));
  const listed = new Set(
    snapshot.endpoints
      .filter(({ id, models }) => models.size > 0 || modelLists.names(id) !== null)
      .map(({ id }) => id),
  );
  const all = new Set(
    endpoints.filter(({ endpoint }) => endpoint.enabled).flatMap(({ names }) => [...names]),
  );
  return [...all].sort().map((id) => {
    const { routes: served, plan } = previewRoute(snapshot, id);
    const upstreamNames = new Map(served.map((route) => [route.endpoint.id, route.upstreamModel]));
    const naming = endpoints.filter(
      ({ endpoint, names }) => names.has(id) || mapModel(endpoint.modelMapping, id) !== null,
    );
    const serving = inOrderOf(naming, plan).flatMap(({ endpoint, inactive }) => {
      const upstreamModel = upstreamNames.get(endpoint.id);
      if (upstreamModel === undefined) return [];
      const gone = inactive(upstreamModel);
      const standing = routeStanding(endpoint, plan);
      const why = gone?.reason ? whyHeld({ state: 'missing', reason: gone.reason }) : standing.why;
      return [{ endpointId: endpoint.id, upstreamModel, inactive: gone !== null, ...standing, why }];
    });
    const routes = [...serving, ...leftOutRoutes(id, plan, (endpointId) => listed.has(endpointId))];
    const [first] = routes;
    const upstreamModel = first?.upstreamModel ?? id;
    const known = knownModel(first?.endpointId ?? '', upstreamModel, modelOverrides, {
      modelLists,
      modelFacts,
    });
    const { inputUsdPerMTok, outputUsdPerMTok } = modelFacts(upstreamModel);
    return {
      id,
      routes,
      use: known.use,
      abilities: abilitiesOf(known),
      contextTokens: known.contextTokens,
      inputUsdPerMTok,
      outputUsdPerMTok,
    };
  });
}
