// Writes one batch of records, counts and calls in one transaction: either all of it is stored, roll-ups included, or nothing.
import type { Database } from 'better-sqlite3';
import type { RequestRecord } from '../../contract/schemas/record.ts';
import type { DayWindows } from './dayWindows.ts';
import { faultOf } from './faults.ts';
import { longestName, recordColumns, rowOf, seqOf, seqPerMs } from './recordRow.ts';
import { createRollupWriter } from './rollups.ts';
import type { CountDelta, StoredCall } from './usageStore.ts';

export interface Batch {
  /** Rises by one with each batch of one sender; a batch that is handed over again is not written twice. */
  number: number;
  /** Who numbers the batches: one name for each run of the program. */
  sender: string;
  /** Unix milliseconds. */
  now: number;
  records: readonly RequestRecord[];
  counts: readonly CountDelta[];
  calls: readonly StoredCall[];
}

export interface BatchWriter {
  /** Throws SQLite's error where nothing was stored. A single record that can't be stored is left out. */
  write(batch: Batch, days: DayWindows): void;
}

/** Calls older than the sliding minute, with room for clocks that were set, are of no use. */
const callsKeptMs = 120_000;
/** Days of counts that are kept behind the running one. */
const countDaysKept = 40;
/** One more than are shown, for a client without a user agent takes a row as well. */
const agentsPerKey = 6;

/** Roughly a second's worth of `seq`, where one millisecond had more requests than it has numbers. */
const crowdedRange = 1000 * seqPerMs;

export function createBatchWriter(db: Database): BatchWriter {
  const insertRecord = db.prepare<(string | number | null)[]>(`
    INSERT INTO records (${recordColumns.join(', ')}) VALUES (${recordColumns.map(() => '?').join(', ')})
    ON CONFLICT (id) DO NOTHING
  `);
  const topSeq = db
    .prepare<[number, number], number | null>('SELECT max(seq) FROM records WHERE seq >= ? AND seq < ?')
    .pluck();
  const addCount = db.prepare<[string, string, number, number, number]>(`
    INSERT INTO counts (day, scope, requests, tokens, cost) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET requests = requests + excluded.requests, tokens = tokens + excluded.tokens, cost = cost + excluded.cost
  `);
  const addCall = db.prepare<[string, number, number]>(
    'INSERT INTO calls (scope, time, tokens) VALUES (?, ?, ?)',
  );
  const dropCalls = db.prepare<[number]>('DELETE FROM calls WHERE time < ?');
  const dropCounts = db.prepare<[string]>('DELETE FROM counts WHERE day < ?');
  const seeAgent = db.prepare<[string, string, number]>(`
    INSERT INTO agents (client_key, user_agent, last_used) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET last_used = max(last_used, excluded.last_used)
  `);
  const dropAgents = db.prepare<[string, string]>(`
    DELETE FROM agents WHERE client_key = ? AND user_agent NOT IN
      (SELECT user_agent FROM agents WHERE client_key = ? ORDER BY last_used DESC LIMIT ${agentsPerKey})
  `);
  const lastBatch = db.prepare<[], string>("SELECT value FROM state WHERE name = 'last_batch'").pluck();
  const noteBatch = db.prepare<[string]>("REPLACE INTO state (name, value) VALUES ('last_batch', ?)");
  const startRollups = createRollupWriter(db);

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
      return insertRecord.run(...rowOf(record, freeSeq(record.time))).changes === 1;
    } catch (error) {
      // A record with an impossible value must not hold up all that come after it.
      if (faultOf(error) === 'mistake') return false;
      throw error;
    }
  }

  function writeAgents(records: readonly RequestRecord[]): void {
    const seen = new Map<string, Map<string, number>>();
    for (const { clientKeyId, userAgent, time } of records) {
      const agents = seen.get(clientKeyId) ?? new Map<string, number>();
      const name = userAgent.slice(0, longestName);
      agents.set(name, Math.max(agents.get(name) ?? 0, time));
      seen.set(clientKeyId, agents);
    }
    for (const [clientKey, agents] of seen) {
      for (const [agent, time] of agents) seeAgent.run(clientKey, agent, time);
      dropAgents.run(clientKey, clientKey);
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
        endpoint: record.endpointId ?? '',
        account: record.accountId ?? '',
        clientKey: record.clientKeyId,
      });
    }
    rollups.write();
    writeAgents(stored);
    for (const { day, scope, requests, tokens, costUsd } of batch.counts) {
      addCount.run(day, scope, requests, tokens, costUsd);
    }
    if (batch.counts.length > 0) dropCounts.run(days.of(batch.now - countDaysKept * 86_400_000).day);
    for (const { scope, time, tokens } of batch.calls) addCall.run(scope, time, tokens);
    if (batch.calls.length > 0) dropCalls.run(batch.now - callsKeptMs);
    noteBatch.run(mark);
  }

  const transaction = db.transaction(writeAll);
  return { write: (batch, days) => transaction.immediate(batch, days) };
}
