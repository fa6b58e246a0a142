// Remembers which account a conversation went to, so that its later turns find the provider's prompt cache warm.
import type { Clock } from '../base/clock.ts';

export interface Affinity {
  /** The account of the conversation's last good answer, or null. */
  get(conversation: string): string | null;
  set(conversation: string, accountKey: string): void;
}

const capacity = 10_000;
/** Providers keep prompt caches for minutes, rarely for an hour. */
const lifetimeMs = 3_600_000;

export function createAffinity(clock: Clock): Affinity {
  const entries = new Map<string, { accountKey: string; at: number }>();
  return {
    get(conversation) {
      const entry = entries.get(conversation);
      if (!entry) return null;
      if (clock.monotonic() - entry.at > lifetimeMs) {
        entries.delete(conversation);
        return null;
      }
      return entry.accountKey;
    },
    set(conversation, accountKey) {
      entries.delete(conversation);
      if (entries.size >= capacity) entries.delete(entries.keys().next().value as string);
      entries.set(conversation, { accountKey, at: clock.monotonic() });
    },
  };
}
