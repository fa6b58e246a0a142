// Rows of a dump of SQLite: `INSERT INTO "table" ("a", "b") VALUES ('x', 1),('y', NULL);`. Nothing is executed.
import type { Json } from '../incoming.ts';

type Value = string | number | null;

/** One value of a row, from `at` on. Blobs and what else is no text or number count as null. */
function valueAt(sql: string, at: number): { value: Value; end: number } {
  if (sql[at] === "'") {
    let value = '';
    let from = at + 1;
    for (;;) {
      const quote = sql.indexOf("'", from);
      if (quote < 0) return { value: null, end: sql.length };
      value += sql.slice(from, quote);
      if (sql[quote + 1] !== "'") return { value, end: quote + 1 };
      value += "'";
      from = quote + 2;
    }
  }
  const word = /[^,()']*(?:\([^)]*\))?(?:'[^']*')?/y;
  word.lastIndex = at;
  const text = word.exec(sql)?.[0] ?? '';
  const number = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : null;
  return { value: number, end: at + text.length };
}

/** The rows of one INSERT, from its first bracket on; it ends where no further row follows. */
function rowsFrom(sql: string, start: number, columns: readonly string[]): { rows: Json[]; end: number } {
  const rows: Json[] = [];
  let at = start;
  while (at < sql.length) {
    const opening = /\s*\(\s*/y;
    opening.lastIndex = at;
    const found = opening.exec(sql);
    if (!found) break;
    at += found[0].length;
    const row: Json = {};
    for (let index = 0; at < sql.length; index += 1) {
      const { value, end } = valueAt(sql, at);
      const column = columns[index];
      if (column) row[column] = value;
      const next = /\s*([,)])\s*/y;
      next.lastIndex = end;
      const sign = next.exec(sql);
      // Cut off: a row that does not end is none.
      if (!sign) return { rows, end: sql.length };
      at = end + sign[0].length;
      if (sign[1] === ')') break;
    }
    rows.push(row);
    if (sql[at] !== ',') break;
    at += 1;
  }
  return { rows, end: at };
}

const unquoted = (name: string): string =>
  name
    .trim()
    .replace(/^"(.*)"$/s, '$1')
    .replaceAll('""', '"');

/** What is put into each of these tables, by its columns' names. */
export function sqlRows(sql: string, tables: readonly string[]): Record<string, Json[]> {
  const found: Record<string, Json[]> = Object.fromEntries(tables.map((table) => [table, []]));
  // At the beginning of a line, or right behind another statement: texts may hold such words, but hardly so.
  const insert = /(?<=^|;)\s*INSERT INTO "?(\w+)"?\s*\(([^)]*)\)\s*VALUES/gim;
  for (let match = insert.exec(sql); match; match = insert.exec(sql)) {
    const [, table = '', columns = ''] = match;
    const { rows, end } = rowsFrom(sql, insert.lastIndex, columns.split(',').map(unquoted));
    if (Object.hasOwn(found, table)) found[table]?.push(...rows);
    insert.lastIndex = Math.max(insert.lastIndex, end);
  }
  return found;
}
