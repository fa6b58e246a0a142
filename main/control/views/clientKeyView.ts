import type { ClientKey } from '../../contract/schemas/clientKey.ts';
import type { LimitUsage } from '../../contract/schemas/limits.ts';
import type { ClientKeyView, PreviousSecretView } from '../../contract/schemas/views.ts';
import { testAgent } from '../../contract/testAgent.ts';
import type { CompiledClientKey } from '../../registry/snapshot.ts';
import type { ClientKeyActivity } from '../../store/usage/usageStore.ts';
import { secretView } from './secretView.ts';

/** Null where there is none that still works. */
function previousView(
  { previous }: CompiledClientKey,
  activity: ClientKeyActivity | null,
  now: number,
): PreviousSecretView | null {
  if (!previous || previous.until <= now) return null;
  const since = previous.since ?? 0;
  const agents = activity?.oldSecretAgents.filter(({ lastUsedAt }) => lastUsedAt >= since) ?? [];
  return { secret: secretView(previous.credential), until: previous.until, agents };
}

/** Our own tests of a key are nobody's use of it. `written` is null for a key that comes from the environment and stands in no file. */
export function clientKeyView(
  key: CompiledClientKey,
  written: ClientKey | null,
  use: { usage: LimitUsage; spentUsdToday: number },
  activity: ClientKeyActivity | null,
  now: number,
): ClientKeyView {
  const agents = activity?.agents.filter(({ userAgent }) => userAgent !== testAgent) ?? [];
  return {
    id: key.id,
    name: key.name,
    enabled: key.enabled,
    models: [...key.models],
    limits: { ...key.limits },
    budgetUsdPerDay: key.budgetUsdPerDay,
    expiresAt: written?.expiresAt ?? (key.expiresAt === null ? null : new Date(key.expiresAt).toISOString()),
    secret: secretView(key.credential),
    previous: previousView(key, activity, now),
    usage: use.usage,
    spentUsdToday: use.spentUsdToday,
    lastUsedAt: agents[0]?.lastUsedAt ?? null,
    agents,
    hours: activity?.hours ?? [],
    requestsToday: activity?.requestsToday ?? 0,
    unseen: written?.unseen === true,
  };
}
