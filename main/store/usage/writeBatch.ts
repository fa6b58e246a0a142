// Writes one batch of records, counts and calls in one transaction: either all of it is stored, roll-ups included, or nothing.
import type { Database } from 'better-sqlite3';
import type { RequestRecord } from '../../contract/schemas/record.ts';
import { createAgentWriter } from './clientAgents.ts';
import type { DayWindows } from './dayWindows.ts';
import { faultOf } from './faults.ts';
import { longestName, recordColumns, rowOf, seqOf, seqPerMs } from './recordRow.ts';
import { createRollupWriter } from './rollups.ts';
import { createBodiesWriter } from './storedBodies.ts';
import { createCallWriter } from './storedCalls.ts';
import type { BodiesEntry } from './usageQueue.ts';
import type { CountDelta, StoredCall } from './usageStore.ts';

export interface Batch {
  /** Rises by one with each batch of one sender; a batch that is handed over again is not written twice. */
  number: number;
  /** Who numbers the batches: one name for each run of the program. */
  sender: string;
  /** Unix milliseconds. */
  now: number;
  records: readonly RequestRecord[];
  bodies: readonly BodiesEntry[];
  counts: readonly CountDelta[];
  calls: readonly StoredCall[];
}

export interface BatchWriter {
  /** Throws SQLite's error where nothing was stored. A single record that can't be stored is left out. */
  write(batch: Batch, days: DayWindows): void;
}

/** Days of counts that are kept behind the running one. */
const countDaysKept = 40;

/** A second's worth of `seq`, for where one millisecond had more requests than it has numbers. */
const crowdedRange = 1000 * seqPerMs;

export function createBatchWriter(db: Database): BatchWriter {
  const insertRecord = db.prepare<[(string | number | null)[]]>(`
    INSERT INTO records (${recordColumns.join(', ')}) VALUES (${recordColumns.map(() => '?').join(', ')})
    ON CONFLICT (id) DO NOTHING
  `);
  const topSeq = db
    .prepare<[number, number], number | null>('SELECT max(seq) FROM records WHERE seq >= ? AND seq < ?')
    .pluck();
  const addCount = db.prepare<[string, string, number, number, number]>(`
    INSERT INTO counts (day, scope, requests, tokens, cost) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET
      requests = requests + excluded.requests, tokens = tokens + excluded.tokens, cost = cost + excluded.cost
  `);
  const dropCounts = db.prepare<[string]>('DELETE FROM counts WHERE day < ?');
  const lastBatch = db.prepare<[], string>("SELECT value FROM state WHERE name = 'last_batch'").pluck();
  const noteBatch = db.prepare<[string]>("REPLACE INTO state (name, value) VALUES ('last_batch', ?)");
  const startRollups = createRollupWriter(db);
  const writeCalls = createCallWriter(db);
  const writeAgents = createAgentWriter(db);
  const writeBodies = createBodiesWriter(db);

  function freeSeq(time: number): number {
    const first = seqOf(time);
    const top = topSeq.get(first, first + seqPerMs) ?? null;
    if (top === null) return first;
    if (top + 1 < first + seqPerMs) return top + 1;
    return Number(topSeq.get(first, first + crowdedRange)) + 1;
  }

  /** Whether it is new and stored. */
  function store(record: RequestRecord): boolean {
    try {
      return insertRecord.run(rowOf(record, freeSeq(record.time))).changes === 1;
    } catch (error) {
      // A record with an impossible value must not hold up all that come after it.
      if (faultOf(error) === 'mistake') return false;
      throw error;
    }
  }

  function writeAll(batch: Batch, days: DayWindows): void {
    const mark = `${batch.sender} ${batch.number}`;
    if (lastBatch.get() === mark) return;
    const rollups = startRollups(days);
    const stored = batch.records.filter(store);
    for (const record of stored) {
      rollups.add(record, {
        clientModel: record.clientModel.slice(0, longestName),
        upstreamModel: record.upstreamModel?.slice(0, longestName) ?? '',
        endpoint: record.endpointId ?? '',
        account: record.accountId ?? '',
        clientKey: record.clientKeyId,
      });
    }
    rollups.write();
    writeBodies(batch.bodies);
    writeAgents(stored, days);
    writeCalls(batch.calls, batch.now);
    for (const { day, scope, requests, tokens, costUsd } of batch.counts) {
      addCount.run(day, scope, requests, tokens, costUsd);
    }
    if (batch.counts.length > 0) dropCounts.run(days.of(batch.now - countDaysKept * 86_400_000).day);
    noteBatch.run(mark);
  }

  const transaction = db.transaction(writeAll);
  return { write: (batch, days) => transaction.immediate(batch, days) };
}
