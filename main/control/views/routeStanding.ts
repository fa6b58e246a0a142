// Decides how one endpoint stands in a plan: what its accounts come to, in a word.
import type { ModelRoute } from '../../contract/schemas/models.ts';
import type { Skip, Why } from '../../contract/schemas/record.ts';
import type { CompiledEndpoint } from '../../registry/snapshot.ts';
import type { Plan } from '../../routing/planRoute.ts';

export const whyOf = ({ code, facts, reason }: Skip): Why => ({ code, facts, reason });

/** Left out by the spending mode. */
const isSpending = (code: Why['code']): boolean =>
  code === 'not-free' || code === 'not-chosen' || code === 'paused';

export function routeStanding(
  endpoint: CompiledEndpoint,
  plan: Plan,
): Pick<ModelRoute, 'state' | 'why' | 'until'> {
  const own = plan.candidates.filter((candidate) => candidate.endpoint.id === endpoint.id);
  if (own.some(({ lastResort }) => !lastResort)) return { state: 'ready', why: null, until: null };
  if (own[0]) return { state: 'last', why: own[0].held, until: null };
  const inUse = new Set(endpoint.accounts.filter(({ enabled }) => enabled).map(({ id }) => id));
  if (!endpoint.enabled || inUse.size === 0) return { state: 'off', why: null, until: null };
  const skips = plan.skipped.filter(
    ({ endpointId, accountId }) => endpointId === endpoint.id && accountId !== null && inUse.has(accountId),
  );
  const left = skips.find(({ code }) => isSpending(code));
  if (left) return { state: 'off', why: whyOf(left), until: left.until };
  const [first] = skips.filter(({ until }) => until !== null).sort((a, b) => (a.until ?? 0) - (b.until ?? 0));
  if (first) return { state: 'waiting', why: whyOf(first), until: first.until };
  return { state: 'down', why: skips[0] ? whyOf(skips[0]) : null, until: null };
}
