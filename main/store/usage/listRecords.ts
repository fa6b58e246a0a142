// One page of records, newest first. A page costs a bounded time: a rare find among a million rows takes several pages, not one long one.
import type { Database } from 'better-sqlite3';
import type { RecordFilter, RecordPage, RequestRecord } from '../../contract/schemas/record.ts';
import { type RecordRow, recordColumns, recordOf, seqOf, seqPerMs } from './recordRow.ts';

/** Rows that are looked at in one go, and for how long a page goes on looking. */
const chunkRows = 4000;
const pageBudgetMs = 80;

const longestSearch = 100;
const lastSeq = Number.MAX_SAFE_INTEGER;

interface Condition {
  sql: string;
  /** The index that answers it, if any. */
  index: string | null;
  values: (string | number)[];
}

function conditionsOf(filter: RecordFilter): Condition[] {
  const conditions: Condition[] = [];
  if (filter.status !== undefined) {
    const trouble = filter.status !== 'ok';
    conditions.push({
      sql: trouble ? "status = ? AND status <> 'ok'" : 'status = ?',
      index: trouble ? 'records_by_trouble' : null,
      values: [filter.status],
    });
  }
  const equal: [string, string | undefined, string][] = [
    ['client_model', filter.model, 'records_by_model'],
    ['endpoint', filter.endpointId, 'records_by_endpoint'],
    ['client_key', filter.clientKeyId, 'records_by_client_key'],
  ];
  for (const [column, value, index] of equal) {
    if (value !== undefined) conditions.push({ sql: `${column} = ?`, index, values: [value] });
  }
  if (filter.search) {
    const pattern = `%${filter.search.slice(0, longestSearch).replaceAll(/[\\%_]/g, '\\$&')}%`;
    const columns = ['client_model', 'upstream_model', 'error_code', 'error_message', 'id'];
    conditions.push({
      sql: `(${columns.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')})`,
      index: null,
      values: columns.map(() => pattern),
    });
  }
  return conditions;
}

function seqOfCursor(cursor: string): number | null {
  const seq = /^[0-9a-z]{1,11}$/.test(cursor) ? Number.parseInt(cursor, 36) : Number.NaN;
  return Number.isSafeInteger(seq) ? seq : null;
}

/**
 * The page before the cursor. It may hold fewer records than `limit`, even none, and still name a next cursor: then there are
 * older rows that were not looked at yet. `since` and `until` are both inclusive; `model` is the name the client asked for.
 */
export function listRecords(
  db: Database,
  filter: RecordFilter,
  time: { monotonic(): number; budgetMs?: number },
): RecordPage {
  const nothing: RecordPage = { records: [], nextCursor: null };
  const lowest = filter.since === undefined ? 0 : seqOf(Math.ceil(filter.since));
  let before = filter.until === undefined ? lastSeq : seqOf(filter.until) + seqPerMs;
  if (filter.cursor !== undefined) {
    const cursor = seqOfCursor(filter.cursor);
    if (cursor === null) return nothing;
    before = Math.min(before, cursor);
  }

  const conditions = conditionsOf(filter);
  const driver = conditions.find((condition) => condition.index !== null) ?? null;
  const others = conditions.filter((condition) => condition !== driver);
  const driven = driver ? `records INDEXED BY ${driver.index}` : 'records NOT INDEXED';
  const where = (list: readonly Condition[]) =>
    ['seq >= ?', 'seq < ?', ...list.map((condition) => condition.sql)].join(' AND ');
  const page = db.prepare<(string | number)[], RecordRow>(`
    SELECT ${recordColumns.join(', ')} FROM ${driven}
    WHERE ${where(driver ? [driver, ...others] : others)} ORDER BY seq DESC LIMIT ?
  `);
  const driverValues = driver?.values ?? [];
  const values = [...driverValues, ...others.flatMap((condition) => condition.values)];

  const records: RequestRecord[] = [];
  let last: RecordRow | undefined;
  function take(from: number, to: number): boolean {
    for (const row of page.iterate(from, to, ...values, filter.limit - records.length)) {
      records.push(recordOf(row));
      last = row;
    }
    return records.length >= filter.limit;
  }
  const full = (): RecordPage => ({ records, nextCursor: last ? Number(last.seq).toString(36) : null });

  if (others.length === 0) return take(lowest, before) ? full() : { records, nextCursor: null };

  const exact = exactMatch(db, filter, where(conditions), [
    lowest,
    before,
    ...conditions.flatMap((condition) => condition.values),
  ]);
  if (exact) return { records: [exact], nextCursor: null };

  const chunkStart = db
    .prepare<(string | number)[], number>(`
      SELECT seq FROM ${driven} WHERE ${where(driver ? [driver] : [])} ORDER BY seq DESC LIMIT 1 OFFSET ${chunkRows - 1}
    `)
    .pluck();
  const stopAt = time.monotonic() + (time.budgetMs ?? pageBudgetMs);
  for (;;) {
    const from = chunkStart.get(lowest, before, ...driverValues);
    if (take(from ?? lowest, before)) return full();
    if (from === undefined) return { records, nextCursor: null };
    before = from;
    if (time.monotonic() >= stopAt) return { records, nextCursor: before.toString(36) };
  }
}

/** A whole id in the search box is answered at once, however old the record is. */
function exactMatch(
  db: Database,
  filter: RecordFilter,
  where: string,
  values: (string | number)[],
): RequestRecord | null {
  if (!filter.search || filter.cursor !== undefined) return null;
  const row = db
    .prepare<(string | number)[], RecordRow>(
      `SELECT ${recordColumns.join(', ')} FROM records INDEXED BY records_by_id WHERE id = ? AND ${where}`,
    )
    .get(filter.search, ...values);
  return row ? recordOf(row) : null;
}

export function getRecord(db: Database, id: string): RequestRecord | null {
  const row = db
    .prepare<[string], RecordRow>(`SELECT ${recordColumns.join(', ')} FROM records WHERE id = ?`)
    .get(id);
  return row ? recordOf(row) : null;
}
