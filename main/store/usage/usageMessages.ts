// What the main thread and the usage worker say to each other.
import type { RecordFilter } from '../../contract/schemas/record.ts';
import type { Span } from '../../contract/schemas/usage.ts';
import type { UsageStore } from './usageStore.ts';
import type { Batch } from './writeBatch.ts';

export interface EngineOptions {
  file: string;
  retentionDays: number;
  maxDatabaseMB: number;
  /** IANA zone or `local`. */
  timeZone: string;
}

export type Question =
  | { name: 'list'; filter: RecordFilter }
  | { name: 'get'; id: string }
  | { name: 'bodies'; id: string }
  | { name: 'summary'; query: { span: Span; now: number; timeZone: string } }
  | { name: 'series'; query: { span: Span; now: number } }
  | { name: 'heatMap'; query: { now: number } }
  | { name: 'clientKeyActivity'; now: number }
  | { name: 'facts' }
  | { name: 'clear' }
  | { name: 'restore'; day: string; since: number };

/** The answer to each question is what the store's method of the same name promises. */
export type AnswerTo<Name extends Question['name']> = Awaited<ReturnType<UsageStore[Name]>>;

export type ToWorker =
  | { type: 'write'; batch: Batch }
  | { type: 'ask'; id: number; question: Question }
  | { type: 'prune'; id: number; now: number }
  | { type: 'configure'; options: Omit<EngineOptions, 'file'> }
  | { type: 'close'; id: number };

/** How the file stands. `notice` is something that was mended but that a person should know of. */
export interface FileState {
  /** Why nothing can be written now; null where it can. */
  trouble: string | null;
  notice: string | null;
}

export type FromWorker =
  | { type: 'opened'; state: FileState }
  | { type: 'written'; number: number; state: FileState }
  | { type: 'answer'; id: number; value: unknown }
  /** There is no database to ask. */
  | { type: 'unanswered'; id: number }
  | { type: 'failed'; id: number; message: string }
  | { type: 'done'; id: number }
  /** Something was found out between two batches. */
  | { type: 'state'; state: FileState };
