// The calls of the last minutes, one row a batch: they are written with every request and read once, at the start.
import type { Database } from 'better-sqlite3';
import type { StoredCall } from './usageStore.ts';

/** Calls older than the sliding minute, with room for clocks that were set, are of no use. */
const keptMs = 120_000;
const dropEveryMs = 20_000;

/** Returns the function that writes the calls of one batch down. */
export function createCallWriter(db: Database): (calls: readonly StoredCall[], now: number) => void {
  const insert = db.prepare<[number, string]>('INSERT INTO calls (time, list) VALUES (?, ?)');
  const drop = db.prepare<[number]>('DELETE FROM calls WHERE time < ?');
  let droppedAt = 0;
  return (calls, now) => {
    if (calls.length > 0) {
      const latest = calls.reduce((time, call) => Math.max(time, call.time), 0);
      insert.run(latest, JSON.stringify(calls.map(({ scope, time, tokens }) => [scope, time, tokens])));
    }
    if (Math.abs(now - droppedAt) < dropEveryMs) return;
    droppedAt = now;
    drop.run(now - keptMs);
  };
}

/** The calls of one row. */
export function readCalls(list: string): StoredCall[] {
  try {
    return (JSON.parse(list) as [string, number, number][]).map(([scope, time, tokens]) => ({
      scope,
      time,
      tokens,
    }));
  } catch {
    return [];
  }
}
