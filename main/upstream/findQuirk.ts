import type { Quirk } from './quirk.ts';

/** The quirk that an upstream's error message of status 4xx gives away, or null. */
export function findQuirk(message: string): Quirk | null {
  return /stream_options|include_usage/i.test(message) ? 'no-stream-options' : null;
}
