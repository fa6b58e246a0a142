// Puts a damaged usage.db out of the way and saves what limits and graphs rest on. The damaged file itself is kept for repair.
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { rollupColumns } from './rollups.ts';

/** Damaged files that are kept; a dying disk must not fill up with them. */
const keptFiles = 3;

const parts = ['', '-wal', '-shm'] as const;

/** Small tables, and which of their columns hold numbers. Records are not among them: there may be millions. */
const savedTables: readonly { name: string; columns: readonly string[]; text: readonly string[] }[] = [
  { name: 'counts', columns: ['day', 'scope', 'requests', 'tokens', 'cost'], text: ['day', 'scope'] },
  { name: 'calls', columns: ['time', 'list'], text: ['list'] },
  { name: 'agents', columns: ['client_key', 'user_agent', 'last_used'], text: ['client_key', 'user_agent'] },
  {
    name: 'rollups',
    columns: rollupColumns,
    text: ['size', 'client_model', 'upstream_model', 'endpoint', 'account', 'client_key'],
  },
];

/** Renames the file and its log to `<file>.corrupt-<time>` and returns that name. */
export function setAside(file: string, now: number): string {
  const stamp = new Date(now).toISOString().replaceAll(/[-:]/g, '').replace(/\.\d+/, '');
  let target = `${file}.corrupt-${stamp}`;
  for (let n = 2; existsSync(target); n++) target = `${file}.corrupt-${stamp}-${n}`;
  for (const part of parts) {
    if (existsSync(file + part)) renameSync(file + part, target + part);
  }
  const prefix = `${basename(file)}.corrupt-`;
  const old = readdirSync(dirname(file))
    .filter((name) => name.startsWith(prefix) && !name.endsWith('-wal') && !name.endsWith('-shm'))
    .sort()
    .slice(0, -keptFiles);
  for (const name of old) {
    for (const part of parts) rmSync(join(dirname(file), name + part), { force: true });
  }
  return target;
}

/** Copies into the new database whatever rows of the small tables can still be read in the damaged one. */
export function salvage(damaged: string, db: Database.Database): void {
  let source: Database.Database;
  try {
    source = new Database(damaged, { readonly: true, fileMustExist: true });
  } catch {
    return;
  }
  for (const { name, columns, text } of savedTables) {
    const insert = db.prepare<unknown[]>(
      `INSERT OR IGNORE INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    try {
      db.transaction(() => {
        try {
          const rows = source.prepare<[], Record<string, unknown>>(
            `SELECT ${columns.join(', ')} FROM ${name}`,
          );
          for (const row of rows.iterate()) {
            const values = columns.map((column) => row[column]);
            const sound = columns.every(
              (column) =>
                typeof row[column] === (text.includes(column) ? 'string' : 'number') ||
                // Not noted yet when the row was begun.
                (column === 'busy_ms' && row[column] === null),
            );
            if (sound) insert.run(...values);
          }
        } catch {
          // The damage begins here: what was read up to it is kept.
        }
      })();
    } catch {
      // Not even the new file can be written now; the next batch will say so.
    }
  }
  source.close();
}
