// One page of records, newest first. A page costs a bounded time: a rare find among a million rows takes several pages, not one long one.
import type { Database } from 'better-sqlite3';
import type { RecordFilter, RecordPage, RequestRecord } from '../../contract/schemas/record.ts';
import { type RecordRow, recordColumns, recordOf, seqOf, seqPerMs } from './recordRow.ts';
import { conditionsOf, planScan } from './scanPlan.ts';

/** Rows that are looked at in one go, and for how long a page goes on looking. */
const chunkRows = 4000;
const pageBudgetMs = 80;

/** Text of this length may be the beginning of an id; shorter text begins too many of them. */
const shortestId = 12;

const columns = recordColumns.join(', ');
const inOrder = 'FROM records NOT INDEXED WHERE seq >= ? AND seq < ?';
const troubleInOrder =
  "FROM records INDEXED BY records_by_trouble WHERE seq >= ? AND seq < ? AND status <> 'ok'";

function seqOfCursor(cursor: string): number | null {
  const seq = /^[0-9a-z]{1,11}$/.test(cursor) ? Number.parseInt(cursor, 36) : Number.NaN;
  return Number.isSafeInteger(seq) ? seq : null;
}

/**
 * The page before the cursor. It may hold fewer records than `limit`, even none, and still name a next cursor: then there are
 * older rows that were not looked at yet. `since` and `until` are both inclusive; `model` is the name the client asked for; an id
 * is searched for by its beginning.
 */
export function listRecords(
  db: Database,
  filter: RecordFilter,
  time: { monotonic(): number; budgetMs?: number },
): RecordPage {
  const lowest = filter.since === undefined ? 0 : seqOf(Math.ceil(filter.since));
  const until = filter.until === undefined ? Number.MAX_SAFE_INTEGER : seqOf(filter.until) + seqPerMs;
  const cursor = filter.cursor === undefined ? until : seqOfCursor(filter.cursor);
  if (cursor === null) return { records: [], nextCursor: null };
  const before = Math.min(until, cursor);

  const conditions = conditionsOf(filter);
  const values = conditions.flatMap((condition) => condition.values);
  const restricted = conditions.map(({ sql }) => `AND ${sql}`).join(' ');
  const byId = filter.cursor === undefined ? findById(db, filter, lowest, before) : [];
  if (byId.length > 0) return { records: byId, nextCursor: null };

  const read = (rows: string) => ({
    page: db.prepare<(string | number)[], RecordRow>(
      `SELECT ${columns} ${rows} ${restricted} ORDER BY seq DESC LIMIT ?`,
    ),
    chunk: db
      .prepare<[number, number, number], number>(`SELECT seq ${rows} ORDER BY seq DESC LIMIT 1 OFFSET ?`)
      .pluck(),
  });
  const [all, trouble] = [read(inOrder), read(troubleInOrder)];

  const records: RequestRecord[] = [];
  let last = 0;
  const stopAt = time.monotonic() + (time.budgetMs ?? pageBudgetMs);
  for (const segment of planScan(db, filter, lowest, before)) {
    const { page, chunk } = segment.troubleOnly ? trouble : all;
    for (let to = segment.to; to > segment.from; ) {
      const from = (conditions.length > 0 && chunk.get(segment.from, to, chunkRows - 1)) || segment.from;
      for (const row of page.iterate(from, to, ...values, filter.limit - records.length)) {
        records.push(recordOf(row));
        last = Number(row.seq);
      }
      if (records.length >= filter.limit) return { records, nextCursor: last.toString(36) };
      to = from;
      if (time.monotonic() >= stopAt && to > lowest) return { records, nextCursor: to.toString(36) };
    }
  }
  return { records, nextCursor: null };
}

/** A whole id in the search box, or its beginning, is answered at once, however old the record is. */
function findById(db: Database, filter: RecordFilter, lowest: number, before: number): RequestRecord[] {
  const text = filter.search ?? '';
  if (text.length < shortestId) return [];
  const conditions = conditionsOf({ ...filter, search: undefined });
  return db
    .prepare<(string | number)[], RecordRow>(`
      SELECT ${columns} FROM records INDEXED BY records_by_id
      WHERE id >= ? AND id < ? AND seq >= ? AND seq < ? ${conditions.map(({ sql }) => `AND ${sql}`).join(' ')} LIMIT ?
    `)
    .all(text, `${text}\uffff`, lowest, before, ...conditions.flatMap(({ values }) => values), filter.limit)
    .sort((a, b) => Number(b.seq) - Number(a.seq))
    .map(recordOf);
}

export function getRecord(db: Database, id: string): RequestRecord | null {
  const row = db.prepare<[string], RecordRow>(`SELECT ${columns} FROM records WHERE id = ?`).get(id);
  return row ? recordOf(row) : null;
}
