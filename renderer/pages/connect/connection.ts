// How far a client has come, from its key and the requests made with it. Pure.
import { isAllowed } from '../../../main/contract/modelRules.ts';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import type { ClientKeyView } from '../../../main/contract/schemas/views.ts';
import { testAgent } from '../../../main/contract/testAgent.ts';

export type Connection =
  /** No key yet. */
  | { state: 'new' }
  /** Its key can't be used: switched off or expired. */
  | { state: 'closed' }
  | { state: 'waiting' }
  /** Requests arrive, and none has been answered. */
  | { state: 'failed'; record: RequestRecord }
  | { state: 'connected' };

/**
 * `records` are the latest ones of the key, newest first. Those up to `after` (Unix ms) were made with a secret that was replaced
 * since, and so may be those up to the last time somebody came with it meanwhile; our own tests are no client. A client that went away, as some do to test a connection, has reached us all the same.
 */
export function connectionOf(
  key: ClientKeyView | null,
  records: readonly RequestRecord[],
  after: number,
  now: number,
): Connection {
  if (!key) return { state: 'new' };
  if (!key.enabled || (key.expiresAt !== null && Date.parse(key.expiresAt) <= now))
    return { state: 'closed' };
  const withOld = key.previous?.agents.map(({ lastUsedAt }) => lastUsedAt) ?? [];
  const counted = after === 0 ? 0 : Math.max(after, ...withOld);
  const since = records.filter(({ time, userAgent }) => time > counted && userAgent !== testAgent);
  if (since.some(({ status }) => status !== 'failed')) return { state: 'connected' };
  const [latest] = since;
  if (latest) return { state: 'failed', record: latest };
  // Older requests may have been tidied away.
  return { state: key.lastUsedAt !== null && after === 0 ? 'connected' : 'waiting' };
}

/** The models a key may ask for; every one where there is no key yet. */
export function modelsFor<Model extends { id: string }>(
  key: ClientKeyView | null,
  models: readonly Model[],
): Model[] {
  return key ? models.filter(({ id }) => isAllowed(key.models, id)) : [...models];
}
