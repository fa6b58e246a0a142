// How large usage.db is, and how it is emptied.
import type { Database } from 'better-sqlite3';
import type { UsageFacts } from '../../contract/schemas/usage.ts';

export function readFacts(db: Database): UsageFacts {
  const pragma = (name: string) => Number(db.pragma(name, { simple: true }));
  const row = db
    .prepare<[], { records: number; oldest: number | null }>(
      'SELECT count(*) AS records, (SELECT time FROM records ORDER BY seq LIMIT 1) AS oldest FROM records',
    )
    .get();
  return {
    records: row?.records ?? 0,
    oldest: row?.oldest ?? null,
    bytes: pragma('page_count') * pragma('page_size'),
  };
}

/** Records, sums and who used the keys; the counts of limits stay. The room is given back by the next pruning. */
export function clearRecords(db: Database): UsageFacts {
  db.transaction(() => {
    for (const table of ['bodies', 'records', 'rollups', 'agents']) db.exec(`DELETE FROM ${table}`);
  })();
  return readFacts(db);
}
