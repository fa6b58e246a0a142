// What waits to be written. It is bounded: beyond the bound the oldest entries are given up, and counted.
import type { RecordBodies } from '../../contract/schemas/bodies.ts';
import type { RequestRecord } from '../../contract/schemas/record.ts';
import type { CountDelta, StoredCall } from './usageStore.ts';

export interface BodiesEntry {
  recordId: string;
  bodies: RecordBodies;
}

export interface Entries {
  records: RequestRecord[];
  bodies: BodiesEntry[];
  counts: CountDelta[];
  calls: StoredCall[];
}

export interface UsageQueue {
  addRecord(record: RequestRecord): void;
  /** Bodies are given up first, and uncounted: nothing rests on them. */
  addBodies(entry: BodiesEntry): void;
  addCount(delta: CountDelta): void;
  addCall(call: StoredCall): void;
  readonly isEmpty: boolean;
  /** Entries given up so far. */
  readonly dropped: number;
  /** Everything that waits; the queue is empty afterwards. */
  take(): Entries;
  /** Puts what could not be written before what came meanwhile. */
  putBack(entries: { readonly [Name in keyof Entries]: Readonly<Entries[Name]> }): void;
}

/** One entry for each scope and day: deltas add up, so that however long writing fails, none is given up. */
export function mergeCounts(counts: readonly CountDelta[]): CountDelta[] {
  const merged = new Map<string, CountDelta>();
  for (const delta of counts) {
    const key = `${delta.day} ${delta.scope}`;
    const sum = merged.get(key);
    if (!sum) {
      merged.set(key, { ...delta });
      continue;
    }
    sum.requests += delta.requests;
    sum.tokens += delta.tokens;
    sum.costUsd += delta.costUsd;
  }
  return [...merged.values()];
}

/** Each may be half a megabyte large. */
const mostBodies = 200;

export function createUsageQueue(longest: number): UsageQueue {
  let waiting: Entries = { records: [], bodies: [], counts: [], calls: [] };
  let dropped = 0;

  /** A tenth more than wanted at a time: taking single entries off the front of a long list is dear. */
  function trim<T>(list: T[]): T[] {
    if (list.length <= longest) return list;
    const kept = list.slice(-Math.ceil(longest * 0.9));
    dropped += list.length - kept.length;
    return kept;
  }

  return {
    addRecord(record) {
      waiting.records.push(record);
      if (waiting.records.length > longest) waiting.records = trim(waiting.records);
    },
    addBodies(entry) {
      waiting.bodies.push(entry);
      if (waiting.bodies.length > mostBodies) waiting.bodies.splice(0, mostBodies / 10);
    },
    addCount(delta) {
      waiting.counts.push(delta);
      if (waiting.counts.length > longest) waiting.counts = mergeCounts(waiting.counts);
    },
    addCall(call) {
      waiting.calls.push(call);
      if (waiting.calls.length > longest) waiting.calls = trim(waiting.calls);
    },
    get isEmpty() {
      const { records, bodies, counts, calls } = waiting;
      return records.length + bodies.length + counts.length + calls.length === 0;
    },
    get dropped() {
      return dropped;
    },
    take() {
      const taken = waiting;
      waiting = { records: [], bodies: [], counts: [], calls: [] };
      return taken;
    },
    putBack(entries) {
      waiting = {
        records: trim([...entries.records, ...waiting.records]),
        bodies: [...entries.bodies, ...waiting.bodies].slice(-mostBodies),
        counts: mergeCounts([...entries.counts, ...waiting.counts]),
        calls: trim([...entries.calls, ...waiting.calls]),
      };
    },
  };
}
