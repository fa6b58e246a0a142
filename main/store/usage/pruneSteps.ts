// Retention: deletes by age, then by size, oldest first, and gives the room back to the disk. Day roll-ups are never deleted.
import type { Database } from 'better-sqlite3';
import { keptBodyDays } from '../../contract/keptBodies.ts';
import { seqOf } from './recordRow.ts';
import { fixedSizes } from './rollups.ts';

export interface Retention {
  retentionDays: number;
  maxDatabaseMB: number;
}

const day = 86_400_000;
const rowsPerStep = 400;
/** Each may hold half a megabyte before it was deflated. */
const bodiesPerStep = 40;
const pagesPerStep = 128;
/** Pruning by size goes somewhat below the limit, so that it is not needed again at once. */
const sizeGoal = 0.9;
/** Free pages that are left for the next records, so that the file does not breathe every hour. */
const spareShare = 0.05;
const sparePages = 256;

function pageFacts(db: Database): { pages: number; free: number; pageBytes: number } {
  const read = (name: string) => Number(db.pragma(name, { simple: true }));
  return { pages: read('page_count'), free: read('freelist_count'), pageBytes: read('page_size') };
}

/** Whether what is stored (free pages left out) takes more room than allowed. */
export function isOversize(db: Database, retention: Retention): boolean {
  const { pages, free, pageBytes } = pageFacts(db);
  return (pages - free) * pageBytes > retention.maxDatabaseMB * 1024 * 1024;
}

/** Does a little work between any two `yield`s; others use the database meanwhile. */
export function* pruneSteps(db: Database, now: number, retention: Retention): Generator<void, void, void> {
  const endOfStep = db
    .prepare<[number, number], number>('SELECT seq FROM records WHERE seq < ? ORDER BY seq LIMIT 1 OFFSET ?')
    .pluck();
  const deleteBelow = db.prepare<[number]>('DELETE FROM records WHERE seq < ?');
  /** Deletes the oldest records, none of `limit` or later; false where there are none. */
  function deleteOldest(limit: number): boolean {
    return deleteBelow.run(endOfStep.get(limit, rowsPerStep) ?? limit).changes > 0;
  }

  const endOfBodies = db
    .prepare<[number, number], number>('SELECT seq FROM bodies WHERE seq < ? ORDER BY seq LIMIT 1 OFFSET ?')
    .pluck();
  const deleteBodiesBelow = db.prepare<[number]>('DELETE FROM bodies WHERE seq < ?');
  function deleteOldestBodies(limit: number): boolean {
    return deleteBodiesBelow.run(endOfBodies.get(limit, bodiesPerStep) ?? limit).changes > 0;
  }

  const oldest = now - retention.retentionDays * day;
  const oldestBodies = now - Math.min(retention.retentionDays, keptBodyDays) * day;
  while (deleteOldestBodies(seqOf(oldestBodies))) yield;
  while (deleteOldest(seqOf(oldest))) yield;

  const firstStart = db
    .prepare<[string, number], number | null>('SELECT min(start) FROM rollups WHERE size = ? AND start < ?')
    .pluck();
  const deleteStart = db.prepare<[string, number]>('DELETE FROM rollups WHERE size = ? AND start = ?');
  for (const [size, { keepMs }] of Object.entries(fixedSizes)) {
    const before = keepMs === 'retention' ? oldest : now - keepMs;
    for (let start = firstStart.get(size, before); start != null; start = firstStart.get(size, before)) {
      deleteStart.run(size, start);
      yield;
    }
  }

  if (isOversize(db, retention)) {
    const goal = { ...retention, maxDatabaseMB: retention.maxDatabaseMB * sizeGoal };
    while (isOversize(db, goal) && deleteOldestBodies(Number.MAX_SAFE_INTEGER)) yield;
    while (isOversize(db, goal) && deleteOldest(Number.MAX_SAFE_INTEGER)) yield;
  }

  for (;;) {
    const { pages, free, pageBytes } = pageFacts(db);
    const tooLarge = pages * pageBytes > retention.maxDatabaseMB * 1024 * 1024;
    const spare = tooLarge ? 0 : Math.max(sparePages, pages * spareShare);
    if (free <= spare) break;
    db.pragma(`incremental_vacuum(${pagesPerStep})`);
    if (pageFacts(db).free >= free) break;
    yield;
  }
  // The file itself shrinks only when the log is copied into it.
  db.pragma('wal_checkpoint(TRUNCATE)');
}
