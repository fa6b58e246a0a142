import type { Clock } from '../../base/clock.ts';
import type { RecordBodies } from '../../contract/schemas/bodies.ts';
import type { RecordFilter, RecordPage, RequestRecord } from '../../contract/schemas/record.ts';
import type { HeatMap, SeriesView, Span, UsageFacts, UsageSummary } from '../../contract/schemas/usage.ts';
import type { AgentUse } from '../../contract/schemas/views.ts';

/** A daily count that limits rest on, as it stood at the last commit. */
export interface StoredCount {
  /** `account:<endpointId>/<accountId>` or `clientKey:<id>`. */
  scope: string;
  /** Calendar day `YYYY-MM-DD` in the quota time zone. */
  day: string;
  requests: number;
  tokens: number;
  costUsd: number;
}

/** One counted call of the last minute. */
export interface StoredCall {
  scope: string;
  /** Unix milliseconds. */
  time: number;
  tokens: number;
}

/** Change of a count since it was last handed over; added to what is stored. */
export interface CountDelta {
  scope: string;
  day: string;
  requests: number;
  tokens: number;
  costUsd: number;
}

export interface RestoredCounts {
  days: StoredCount[];
  calls: StoredCall[];
}

/** What the window shows of who uses a client key. */
export interface ClientKeyActivity {
  clientKeyId: string;
  /** Latest first, the newest few. A request without a user agent has an empty one. */
  agents: AgentUse[];
  /** Of these, who came with a secret after it had been replaced, and when. */
  oldSecretAgents: AgentUse[];
  /** Requests of the last 24 hours, hour by hour, the running one last. */
  hours: number[];
  /** Since midnight in `quotaTimeZone`. */
  requestsToday: number;
}

/**
 * Records, roll-ups and counts in SQLite (`usage.db`), behind a worker thread: nothing here blocks the request path.
 * `add` and `count` only queue; the queue is committed at least every 200 ms, in one transaction.
 * A full disk or a broken file never throws into a caller: it is reported through `onTrouble` and the queue is bounded.
 */
export interface UsageStore {
  add(record: RequestRecord): void;
  /** Bodies of a record that was added before. */
  addBodies(recordId: string, bodies: RecordBodies): void;
  count(delta: CountDelta): void;
  /** One counted call, kept for a minute, so that sliding windows survive a restart. */
  addCall(call: StoredCall): void;
  /** Day counts of the given day and calls since `since` (Unix ms). */
  restore(day: string, since: number): Promise<RestoredCounts>;
  list(filter: RecordFilter): Promise<RecordPage>;
  get(id: string): Promise<RequestRecord | null>;
  /** What was sent and answered; null where it was not kept, or no longer. */
  bodies(id: string): Promise<RecordBodies | null>;
  summary(query: { span: Span; now: number; timeZone: string }): Promise<UsageSummary>;
  series(query: { span: Span; now: number }): Promise<SeriesView>;
  heatMap(query: { now: number }): Promise<HeatMap>;
  clientKeyActivity(): Promise<ClientKeyActivity[]>;
  facts(): Promise<UsageFacts>;
  /** Deletes every record and every sum, and gives their room back; counts that limits rest on stay. */
  clear(): Promise<UsageFacts>;
  /** Writes down what is queued. */
  flush(): Promise<void>;
  /** Deletes by age, then by size, bodies before records, oldest first, in small batches; roll-ups stay. Also runs by itself once an hour. */
  prune(): Promise<void>;
  /** New retention after a settings edit. */
  configure(options: { retentionDays: number; maxDatabaseMB: number; timeZone: string }): void;
  close(): Promise<void>;
}

export interface UsageStoreOptions {
  /** Path of usage.db. */
  file: string;
  retentionDays: number;
  maxDatabaseMB: number;
  /** IANA zone or `local`. */
  timeZone: string;
  /** The system's where absent. */
  clock?: Clock;
  /**
   * Called when writing starts to fail (with the reason) and when it works again (null). A damaged or deleted file that was
   * replaced by a new one is told of as well; that word stands until the program ends.
   */
  onTrouble(reason: string | null): void;
}
