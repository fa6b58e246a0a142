// Adds up a stretch of time, from roll-ups where their periods fit and from the records of the last minute where not.
import type { Database } from 'better-sqlite3';
import type { RequestRecord } from '../../contract/schemas/record.ts';
import { type Buckets, bucketIndex } from './buckets.ts';
import { seqOf } from './recordRow.ts';
import { type Dimensions, type RollupSize, selectedSums, wholeOf } from './rollups.ts';
import { addRequest, addSums, emptySums, type Sums } from './sums.ts';

/** The upstream model is left out: no answer breaks down by it yet. */
type Broken = Omit<Dimensions, 'upstreamModel'>;
export type DimensionSums = Broken & Sums;

interface CountedRow extends Broken {
  time: number;
  status: RequestRecord['status'];
  input: number;
  output: number;
  cached: number;
  reasoning: number;
  source: RequestRecord['tokens']['source'];
  costUsd: number | null;
  firstTokenMs: number | null;
}

const dimensionColumns = 'client_model AS clientModel, client_key AS clientKey';

function countedRows(db: Database, from: number, to: number): IterableIterator<CountedRow> {
  return db
    .prepare<[number, number], CountedRow>(`
      SELECT ${dimensionColumns}, ifnull(endpoint, '') AS endpoint, ifnull(account, '') AS account, time, status, input, output,
        cached, reasoning, token_source AS source, cost AS costUsd, first_token_ms AS firstTokenMs
      FROM records WHERE seq >= ? AND seq < ?
    `)
    .iterate(seqOf(from), seqOf(to));
}

function addRow(sums: Sums, row: CountedRow): void {
  addRequest(sums, { ...row, tokens: row });
}

/** Sums of roll-ups that start in [from, to), by everything they are broken down by. */
function readRollups(db: Database, size: RollupSize, from: number, to: number): DimensionSums[] {
  return db
    .prepare<[string, number, number], DimensionSums>(`
      SELECT ${dimensionColumns}, endpoint, account, ${selectedSums}
      FROM rollups WHERE size = ? AND start >= ? AND start < ? GROUP BY client_model, endpoint, account, client_key
    `)
    .all(size, from, to);
}

/** The same without the breakdown; `size` null adds up the records. */
export function readTotals(db: Database, size: RollupSize | null, from: number, end: number): Sums {
  if (size === null) {
    const sums = emptySums();
    for (const row of countedRows(db, from, end)) addRow(sums, row);
    return sums;
  }
  return db
    .prepare<[string, number, number], Sums>(
      `SELECT ${selectedSums} FROM rollups WHERE size = ? AND start >= ? AND start < ?`,
    )
    .get(wholeOf(size), from, end) as Sums;
}

/** Sums over all buckets together, by everything they are broken down by. */
export function readByDimensions(db: Database, buckets: Buckets): DimensionSums[] {
  const from = buckets.starts[0] ?? buckets.end;
  if (buckets.size !== null) return readRollups(db, buckets.size, from, buckets.end);
  const groups = new Map<string, DimensionSums>();
  for (const row of countedRows(db, from, buckets.end)) {
    const { clientModel, endpoint, account, clientKey } = row;
    const key = `${clientModel}\0${endpoint}\0${account}\0${clientKey}`;
    const group = groups.get(key) ?? { clientModel, endpoint, account, clientKey, ...emptySums() };
    groups.set(key, group);
    addRow(group, row);
  }
  return [...groups.values()];
}

/** What is known of a bucket. */
export interface BucketSums extends Sums {
  /** Roll-ups from before busy time was noted: what `busyMs` says is not all. */
  unknownBusy: number;
}

/** Sums of roll-ups by the moment they start. */
export function readByStart(
  db: Database,
  size: RollupSize,
  from: number,
  end: number,
): (BucketSums & { start: number })[] {
  return db
    .prepare<[string, number, number], BucketSums & { start: number }>(`
      SELECT start, ${selectedSums}, count(*) - count(busy_ms) AS unknownBusy
      FROM rollups WHERE size = ? AND start >= ? AND start < ? GROUP BY start
    `)
    .all(wholeOf(size), from, end);
}

/** Sums of each bucket, in their order. */
export function readByBucket(db: Database, buckets: Buckets): BucketSums[] {
  const sums = buckets.starts.map((): BucketSums => ({ ...emptySums(), unknownBusy: 0 }));
  const from = buckets.starts[0] ?? buckets.end;
  if (buckets.size === null) {
    for (const row of countedRows(db, from, buckets.end)) {
      const bucket = sums[bucketIndex(buckets, row.time)];
      if (bucket) addRow(bucket, row);
    }
    return sums;
  }
  // After a change of the time zone two old days may begin in one new day: they are added.
  for (const row of readByStart(db, buckets.size, from, buckets.end)) {
    const bucket = sums[bucketIndex(buckets, row.start)];
    if (!bucket) continue;
    addSums(bucket, row);
    bucket.unknownBusy += row.unknownBusy;
  }
  return sums;
}
