// Which programs use a client key, and when last: the newest few of each key.
import type { Database } from 'better-sqlite3';
import type { RequestRecord } from '../../contract/schemas/record.ts';
import { longestName } from './recordRow.ts';
import type { ClientKeyActivity } from './usageStore.ts';

const shown = 5;
/** One more than are shown, for a client without a user agent takes a row as well. */
const kept = shown + 1;
const remembered = 1000;

/** Returns the function that notes who sent the records of one batch. */
export function createAgentWriter(db: Database): (records: readonly RequestRecord[]) => void {
  const see = db.prepare<[string, string, number]>(`
    INSERT INTO agents (client_key, user_agent, last_used) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET last_used = max(last_used, excluded.last_used)
  `);
  const dropOldest = db.prepare<[string, string]>(`
    DELETE FROM agents WHERE client_key = ? AND user_agent NOT IN
      (SELECT user_agent FROM agents WHERE client_key = ? ORDER BY last_used DESC LIMIT ${kept})
  `);
  const known = new Set<string>();

  return (records) => {
    const seen = new Map<string, { clientKey: string; agent: string; time: number }>();
    for (const { clientKeyId: clientKey, userAgent, time } of records) {
      const agent = userAgent.slice(0, longestName);
      const key = `${clientKey}\0${agent}`;
      const latest = Math.max(seen.get(key)?.time ?? 0, time);
      seen.set(key, { clientKey, agent, time: latest });
    }
    for (const [key, { clientKey, agent, time }] of seen) {
      see.run(clientKey, agent, time);
      if (known.has(key)) continue;
      if (known.size >= remembered) known.clear();
      known.add(key);
      dropOldest.run(clientKey, clientKey);
    }
  };
}

export function readActivity(db: Database): ClientKeyActivity[] {
  const rows = db
    .prepare<[], { clientKey: string; agent: string; time: number }>(
      'SELECT client_key AS clientKey, user_agent AS agent, last_used AS time FROM agents ORDER BY last_used DESC',
    )
    .all();
  const activity = new Map<string, ClientKeyActivity>();
  for (const { clientKey, agent, time } of rows) {
    const entry = activity.get(clientKey) ?? { clientKeyId: clientKey, lastUsedAt: time, userAgents: [] };
    if (agent !== '' && entry.userAgents.length < shown) entry.userAgents.push(agent);
    activity.set(clientKey, entry);
  }
  return [...activity.values()];
}
