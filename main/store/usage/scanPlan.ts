// Where in time a page of records has to be looked for: the day roll-ups know on which days a model, endpoint or key was used at all.
import type { Database } from 'better-sqlite3';
import type { RecordFilter } from '../../contract/schemas/record.ts';
import { seqOf, seqPerMs } from './recordRow.ts';

/** A condition of SQL with what is bound to it. */
export interface Condition {
  sql: string;
  values: (string | number)[];
}

/** A range of `seq`, both ends as in `from <= seq < to`. */
export interface Segment {
  from: number;
  to: number;
  /** Only requests that did not end well can be meant: they have an index. */
  troubleOnly: boolean;
}

const longestSearch = 100;
const longestDayMs = 26 * 3_600_000;

function equalities(columns: readonly [string, string | undefined][]): Condition[] {
  return columns.flatMap(([column, value]) =>
    value === undefined ? [] : [{ sql: `${column} = ?`, values: [value] }],
  );
}

/** What records and roll-ups have in common. */
function dimensionsOf(filter: RecordFilter): Condition[] {
  return equalities([
    ['client_model', filter.model],
    ['endpoint', filter.endpointId],
    ['account', filter.accountId],
    ['client_key', filter.clientKeyId],
  ]);
}

function isAnyLike(columns: readonly string[], text: string): Condition {
  const pattern = `%${text.slice(0, longestSearch).replaceAll(/[\\%_]/g, '\\$&')}%`;
  return {
    sql: `(${columns.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')})`,
    values: columns.map(() => pattern),
  };
}

/** What a record must fulfil, time aside. */
export function conditionsOf(filter: RecordFilter): Condition[] {
  const conditions = [...equalities([['status', filter.status]]), ...dimensionsOf(filter)];
  if (filter.slowMs)
    conditions.push({ sql: 'coalesce(first_token_ms, total_ms) >= ?', values: [filter.slowMs] });
  if (filter.search) {
    conditions.push(
      isAnyLike(['client_model', 'upstream_model', 'error_code', 'error_message'], filter.search),
    );
  }
  return conditions;
}

/** Beginnings of days that hold records of the filter's model, endpoint, key and (in model names) search; latest first. */
function daysOf(db: Database, filter: RecordFilter, oldest: number, latest: number): number[] {
  const conditions = dimensionsOf(filter);
  if (filter.search) conditions.push(isAnyLike(['client_model', 'upstream_model'], filter.search));
  return db
    .prepare<(string | number)[], number>(`
      SELECT DISTINCT start FROM rollups WHERE size = 'day' AND start > ? AND start <= ?
        ${conditions.map(({ sql }) => `AND ${sql}`).join(' ')} ORDER BY start DESC
    `)
    .pluck()
    .all(oldest - longestDayMs, latest, ...conditions.flatMap(({ values }) => values));
}

/** The ranges to look through for records with `lowest <= seq < before`, latest first. */
export function planScan(db: Database, filter: RecordFilter, lowest: number, before: number): Segment[] {
  const troubleOnly = filter.status !== undefined && filter.status !== 'ok';
  const everything: Segment = { from: lowest, to: before, troubleOnly };
  if (troubleOnly || (dimensionsOf(filter).length === 0 && !filter.search)) return [everything];

  // Day roll-ups outlive the records.
  const oldest = db
    .prepare<[number], number | null>('SELECT min(seq) FROM records WHERE seq >= ?')
    .pluck()
    .get(lowest);
  if (oldest == null) return [];
  const segments: Segment[] = [];
  let to = before;
  /** On days without a matching model name a search can still meet words of an error. */
  function lookBetween(from: number): void {
    if (filter.search && from < to) segments.push({ from, to, troubleOnly: true });
  }
  for (const start of daysOf(db, filter, oldest / seqPerMs, before / seqPerMs)) {
    const end = Math.min(seqOf(start + longestDayMs), to);
    const from = Math.max(seqOf(start), lowest);
    lookBetween(end);
    if (from < end) segments.push({ from, to: end, troubleOnly: false });
    to = Math.min(to, from);
  }
  lookBetween(lowest);
  return segments;
}
