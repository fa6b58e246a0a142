// Decides how one endpoint stands in a plan: what its accounts come to, in a word.
import type { ModelRoute } from '../../contract/schemas/models.ts';
import type { CompiledEndpoint } from '../../registry/snapshot.ts';
import type { Plan } from '../../routing/planRoute.ts';

export function routeStanding(
  endpoint: CompiledEndpoint,
  plan: Plan,
): Pick<ModelRoute, 'state' | 'reason' | 'until'> {
  const own = plan.candidates.filter((candidate) => candidate.endpoint.id === endpoint.id);
  if (own.some(({ lastResort }) => !lastResort)) return { state: 'ready', reason: null, until: null };
  if (own[0]) return { state: 'last', reason: own[0].held, until: null };
  const inUse = new Set(endpoint.accounts.filter(({ enabled }) => enabled).map(({ id }) => id));
  if (!endpoint.enabled || inUse.size === 0) return { state: 'off', reason: null, until: null };
  const skips = plan.skipped.filter(
    ({ endpointId, accountId }) => endpointId === endpoint.id && accountId !== null && inUse.has(accountId),
  );
  const [first] = skips.filter(({ until }) => until !== null).sort((a, b) => (a.until ?? 0) - (b.until ?? 0));
  if (first) return { state: 'waiting', reason: first.reason, until: first.until };
  return { state: 'down', reason: skips[0]?.reason ?? null, until: null };
}
