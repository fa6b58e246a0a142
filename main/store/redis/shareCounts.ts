import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { RedisCounts } from './createRedisCounts.ts';
import { parseRedisUrl } from './parseRedisUrl.ts';

export interface SharingDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Given the URL's password before anything is logged. */
  readonly learnSecret: (secret: string) => void;
  /** The quota time zone in force: an IANA name or `local`. */
  readonly timeZone: () => string;
  /** Called with a sentence when counts stop being shared, and with null when they are shared again. */
  readonly onTrouble: (reason: string | null) => void;
}

/** Limits that hold over all gateways which use the same Redis; null without one. Its client is loaded for those who have one: it is 3 MB. */
export async function shareCounts(
  url: string | null,
  { learnSecret, ...deps }: SharingDeps,
): Promise<RedisCounts | null> {
  if (url === null) return null;
  const { createRedisCounts } = await import('./createRedisCounts.ts');
  const { password } = parseRedisUrl(url);
  if (password) learnSecret(password);
  return createRedisCounts({ url, ...deps });
}
