// Ids that records still name. Whoever is made anew does not get one of them: it would inherit what was counted and told of another.
import type { ControlDeps } from './deps.ts';

export interface IdsOnRecord {
  endpoints: string[];
  clientKeys: string[];
  /** Of the accounts an endpoint has had. */
  accountsOf(endpointId: string): string[];
}

/** Of the last 30 days. None where the records can't be read: they are no reason to refuse something new. */
export async function idsOnRecord({
  usage,
  clock,
  config,
  log,
}: Pick<ControlDeps, 'usage' | 'clock' | 'config' | 'log'>): Promise<IdsOnRecord> {
  const timeZone = config.settings.usage.quotaTimeZone;
  const summary = await usage
    .summary({ span: '30d', now: clock.now(), timeZone })
    .catch((error: Error) => void log.warn('the ids on record could not be read', { error: error.message }));
  const keys = (rows: readonly { key: string }[] = []) => rows.map(({ key }) => key);
  const accounts = keys(summary?.byAccount);
  return {
    endpoints: keys(summary?.byEndpoint),
    clientKeys: keys(summary?.byClientKey),
    accountsOf: (endpointId) =>
      accounts.flatMap((key) => (key.startsWith(`${endpointId}/`) ? [key.slice(endpointId.length + 1)] : [])),
  };
}
