// Decides the way out for a request: an endpoint's own word first, then the settings', then the system's.
import { isNearby } from '../base/isNearby.ts';
import type { SystemProxy } from '../base/systemProxy.ts';

/** What an endpoint says when no proxy may carry its requests. */
export const direct = 'direct';

/**
 * The proxy's URL, or null for none. `own` is the endpoint's: a URL, `direct`, or null for what `setting` says, which is a URL,
 * `system` or null. This machine and its network are reached straight unless the endpoint itself names a proxy.
 */
export function outboundProxy(
  url: string,
  own: string | null,
  setting: string | null,
  system: SystemProxy,
): string | null | Promise<string | null> {
  if (own !== null) return own === direct ? null : own;
  if (setting === null || isNearby(new URL(url).hostname)) return null;
  return setting === 'system' ? system(url) : setting;
}
