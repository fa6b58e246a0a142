import type { Limits, LimitUsage } from '../../contract/schemas/limits.ts';
import type { Settings } from '../../contract/schemas/settings.ts';
import type { UpdateView } from '../../contract/schemas/update.ts';
import type { ControlClient } from '../../control/router.ts';
import type { NoticeFacts } from './notificationsFor.ts';

const daily = (used: LimitUsage, limits: Limits) => ({
  used: { rpd: used.rpd, tpd: used.tpd },
  limits: { rpd: limits.rpd, tpd: limits.tpd },
});

/** What a key did takes a look into the database; without a limit there is no need for it. */
function limitsKeys({ clientKeys }: Settings): boolean {
  return clientKeys.some(
    ({ enabled, limits, budgetUsdPerDay }) =>
      enabled && (limits.rpd > 0 || limits.tpd > 0 || budgetUsdPerDay !== null),
  );
}

/** The gateway's own views, as far as notifications are about them. */
export async function gatherFacts(
  control: Pick<ControlClient, 'endpoints' | 'clientKeys'>,
  settings: Settings,
  { update }: UpdateView,
): Promise<NoticeFacts> {
  const [endpoints, keys] = await Promise.all([
    control.endpoints.list(),
    limitsKeys(settings) ? control.clientKeys.list() : [],
  ]);
  return {
    endpoints: endpoints.map(({ id, name, accounts }) => ({
      id,
      name: name || id,
      accounts: accounts.map((account) => ({
        id: account.id,
        name: account.name,
        state: account.state,
        ...daily(account.usage, account.effectiveLimits),
      })),
    })),
    keys: keys
      .filter(({ enabled }) => enabled)
      .map((key) => ({
        id: key.id,
        name: key.name || key.id,
        spentUsd: key.spentUsdToday,
        budgetUsd: key.budgetUsdPerDay,
        ...daily(key.usage, key.limits),
      })),
    day: endpoints[0]?.quotaDay.startsAt ?? 0,
    update: update.state === 'ready' ? update.release.version : null,
  };
}
