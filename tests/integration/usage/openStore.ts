import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { createUsageStore } from '../../../main/store/usage/createUsageStore.ts';
import type { UsageStore, UsageStoreOptions } from '../../../main/store/usage/usageStore.ts';

/** A real store with its worker; closed after the test. `troubles` is what it told, oldest first. */
export async function openStore(
  file: string,
  options: Partial<UsageStoreOptions> = {},
): Promise<{ store: UsageStore; troubles: (string | null)[] }> {
  const troubles: (string | null)[] = [];
  const store = await createUsageStore({
    file,
    retentionDays: 90,
    maxDatabaseMB: 512,
    timeZone: 'UTC',
    onTrouble: (reason) => troubles.push(reason),
    ...options,
  });
  onTestFinished(() => store.close());
  return { store, troubles };
}

/** Waits until the condition holds, at most `limitMs`. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limitMs = 30_000,
): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${limitMs} ms`);
    await sleep(10);
  }
}

/** Rows as another process would see them. */
export function rowsOf<T = Record<string, unknown>>(file: string, sql: string): T[] {
  const db = new Database(file, { readonly: true, timeout: 5000 });
  try {
    return db.prepare<[], T>(sql).all();
  } finally {
    db.close();
  }
}

/** Null where the file is sound and every roll-up adds up to the records. */
export function findWrong(file: string): string | null {
  const db = new Database(file, { timeout: 5000 });
  try {
    const check = db.pragma('integrity_check(1)', { simple: true });
    if (check !== 'ok') return String(check);
    const sums = db
      .prepare<[], { size: string; requests: number; input: number }>(
        'SELECT size, sum(requests) requests, sum(input) input FROM rollups GROUP BY size ORDER BY size',
      )
      .all();
    const records = db
      .prepare<[], { requests: number; input: number }>(
        'SELECT count(*) requests, ifnull(sum(input), 0) input FROM records',
      )
      .get();
    if (records?.requests === 0) return sums.length === 0 ? null : 'roll-ups without records';
    const expected = ['day', 'hour', 'minute', 'quarter', 'wholeHour', 'wholeQuarter'].map((size) => ({
      size,
      ...records,
    }));
    const [found, wanted] = [JSON.stringify(sums), JSON.stringify(expected)];
    return found === wanted ? null : `roll-ups ${found}, records ${wanted}`;
  } finally {
    db.close();
  }
}
