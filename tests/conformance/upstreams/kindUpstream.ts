import type { JournalEntry } from '../../fakes/upstream/journal.ts';

/** A fault by its name, and the words in which the upstream tells of it. */
export interface ToldFault {
  readonly fault: string;
  readonly says: RegExp;
}

/** What the scenarios have go wrong. `path` is that of a request that went well: streams differ by it. */
export interface KindFaults {
  /** The caller's own, with 400. */
  readonly mistake: ToldFault;
  readonly overloaded: ToldFault;
  /** The connection ends: a stream's once text has begun, a whole answer's within its body. */
  cut(path: string, stream: boolean): string;
  /** Silence once text has begun. */
  stall(path: string): string;
  /** The stream tells of an error once text has begun. */
  error(path: string): ToldFault;
}

/** What stands behind an endpoint, as the suite looks into it. */
export interface KindUpstream {
  readonly origin: string;
  /** What reached it. Of a service where a conversation takes several calls, only those that say something. */
  readonly entries: readonly JournalEntry[];
  readonly faults: KindFaults;
  /** From now on every conversation meets the fault. */
  set(fault: string): void;
  /** Rejects where it is not so within a few seconds. */
  waitFor(ready: (entries: readonly JournalEntry[]) => boolean): Promise<void>;
  reset(): void;
  close(): Promise<void>;
}
