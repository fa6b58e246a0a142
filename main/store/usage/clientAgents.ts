// Which programs use a client key, since when, when last and how much today: the newest few of each key.
import type { Database } from 'better-sqlite3';
import type { RequestRecord } from '../../contract/schemas/record.ts';
import type { DayWindows } from './dayWindows.ts';
import { longestName } from './recordRow.ts';
import type { ClientKeyActivity } from './usageStore.ts';

/** One program comes under many names: each of its versions has its own. */
const kept = 24;
const remembered = 1000;
const hourMs = 3_600_000;
const hoursShown = 24;

/** Behind a key's id, which holds no slash: uses of a secret that had been replaced have rows of their own. */
const oldSecretMark = '/old';

interface Seen {
  clientKey: string;
  agent: string;
  day: string;
  first: number;
  last: number;
  requests: number;
}

/** Returns the function that notes who sent the records of one batch. */
export function createAgentWriter(
  db: Database,
): (records: readonly RequestRecord[], days: DayWindows) => void {
  const see = db.prepare<[Seen]>(`
    INSERT INTO agents (client_key, user_agent, first_used, last_used, day, requests)
    VALUES (@clientKey, @agent, @first, @last, @day, @requests)
    ON CONFLICT DO UPDATE SET
      first_used = min(first_used, excluded.first_used),
      last_used = max(last_used, excluded.last_used),
      requests = CASE
        WHEN excluded.day > day THEN excluded.requests
        WHEN excluded.day = day THEN requests + excluded.requests
        ELSE requests
      END,
      day = max(day, excluded.day)
  `);
  const dropOldest = db.prepare<[string, string]>(`
    DELETE FROM agents WHERE client_key = ? AND user_agent NOT IN
      (SELECT user_agent FROM agents WHERE client_key = ? ORDER BY last_used DESC LIMIT ${kept})
  `);
  const known = new Set<string>();

  return (records, days) => {
    const seen = new Map<string, Seen>();
    const uses = records.flatMap(({ clientKeyId, oldSecret, userAgent, time }) => {
      const use = { clientKey: clientKeyId, userAgent, time };
      return oldSecret ? [use, { ...use, clientKey: `${clientKeyId}${oldSecretMark}` }] : [use];
    });
    for (const { clientKey, userAgent, time } of uses) {
      const agent = userAgent.slice(0, longestName);
      const { day } = days.of(time);
      const key = `${clientKey}\0${agent}\0${day}`;
      const earlier = seen.get(key);
      seen.set(key, {
        clientKey,
        agent,
        day,
        first: Math.min(earlier?.first ?? time, time),
        last: Math.max(earlier?.last ?? time, time),
        requests: (earlier?.requests ?? 0) + 1,
      });
    }
    for (const entry of seen.values()) {
      see.run(entry);
      const key = `${entry.clientKey}\0${entry.agent}`;
      if (known.has(key)) continue;
      if (known.size >= remembered) known.clear();
      known.add(key);
      dropOldest.run(entry.clientKey, entry.clientKey);
    }
  };
}

interface AgentRow {
  clientKey: string;
  userAgent: string;
  first: number;
  last: number;
  day: string;
  requests: number;
}

/** `now` (Unix ms) decides which day is today, and which hour is the running one. */
export function readActivity(db: Database, now: number, days: DayWindows): ClientKeyActivity[] {
  const today = days.of(now);
  const firstHour = Math.floor(now / hourMs) - hoursShown + 1;
  const activity = new Map<string, ClientKeyActivity>();
  const of = (clientKeyId: string): ClientKeyActivity => {
    const known = activity.get(clientKeyId);
    if (known) return known;
    const hours = new Array<number>(hoursShown).fill(0);
    const fresh = { clientKeyId, agents: [], oldSecretAgents: [], hours, requestsToday: 0 };
    activity.set(clientKeyId, fresh);
    return fresh;
  };
  const rows = db
    .prepare<[], AgentRow>(`
      SELECT client_key AS clientKey, user_agent AS userAgent, first_used AS first, last_used AS last, day, requests
      FROM agents ORDER BY last_used DESC
    `)
    .all();
  for (const { clientKey, userAgent, first, last, day, requests } of rows) {
    const old = clientKey.endsWith(oldSecretMark);
    const { agents, oldSecretAgents } = of(old ? clientKey.slice(0, -oldSecretMark.length) : clientKey);
    (old ? oldSecretAgents : agents).push({
      userAgent,
      firstUsedAt: first === 0 ? null : first,
      lastUsedAt: last,
      requestsToday: day === today.day ? requests : 0,
    });
  }
  const hours = db
    .prepare<[number, number], { clientKey: string; hour: number; requests: number }>(`
      SELECT client_key AS clientKey, start / ${hourMs} AS hour, sum(requests) AS requests
      FROM rollups WHERE size = 'quarter' AND start >= ? AND start < ? GROUP BY client_key, hour
    `)
    .all(firstHour * hourMs, (firstHour + hoursShown) * hourMs);
  for (const { clientKey, hour, requests } of hours) of(clientKey).hours[hour - firstHour] = requests;
  const sums = db
    .prepare<[number, number], { clientKey: string; requests: number }>(`
      SELECT client_key AS clientKey, sum(requests) AS requests
      FROM rollups WHERE size = 'quarter' AND start >= ? AND start < ? GROUP BY client_key
    `)
    .all(today.startsAt, today.endsAt);
  for (const { clientKey, requests } of sums) of(clientKey).requestsToday = requests;
  return [...activity.values()];
}
