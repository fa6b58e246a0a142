// The database behind the worker's door: opens it, writes, answers, and decides what a fault of the file leads to. It knows no threads.
import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { systemClock } from '../../base/clock.ts';
import { drawSeries, readCounts, summarise } from './answers.ts';
import { readActivity } from './clientAgents.ts';
import { clearRecords, readFacts } from './databaseFacts.ts';
import { createDayWindows } from './dayWindows.ts';
import { errorCodeOf, faultOf, reasonOf } from './faults.ts';
import { drawHeatMap } from './heatMap.ts';
import { getRecord, listRecords } from './listRecords.ts';
import { migrations } from './migrations.ts';
import { openDatabase } from './openDatabase.ts';
import { isOversize, pruneSteps } from './pruneSteps.ts';
import { salvage, setAside } from './setAside.ts';
import { readBodies } from './storedBodies.ts';
import type { EngineOptions, FileState, Question } from './usageMessages.ts';
import { type Batch, type BatchWriter, createBatchWriter } from './writeBatch.ts';

/** There is no database to ask; the state says why. */
export class NoDatabaseError extends Error {
  override readonly name = 'NoDatabaseError';
}

export interface UsageEngine {
  /** Tries to open the file. */
  open(): FileState;
  /** Stores a batch, or says why it could not. Never throws. */
  write(batch: Batch): FileState;
  /** Throws NoDatabaseError where the file can't be read. */
  ask(question: Question): unknown;
  /** The steps of one pruning; null where there is no database. */
  prune(now: number): Generator<void, void, void> | null;
  /** Whether pruning by size is due. */
  isOversize(): boolean;
  configure(options: Omit<EngineOptions, 'file'>): void;
  /** Starts afresh after somebody else found the file damaged. */
  replaceDamaged(what: string): FileState;
  close(): void;
}

interface Opened {
  db: Database;
  writer: BatchWriter;
  /** Device and file number, to notice that the file was deleted or replaced. */
  identity: string;
  /** Whether a log lies beside the file. */
  hasLog: boolean;
}

function identityOf(file: string): string | null {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stat ? `${stat.dev} ${stat.ino}` : null;
}

export function createUsageEngine(first: EngineOptions): UsageEngine {
  const { file } = first;
  let options: Omit<EngineOptions, 'file'> = first;
  let days = createDayWindows(options.timeZone);
  let opened: Opened | null = null;
  let notice: string | null = null;

  function closeQuietly(): void {
    try {
      opened?.db.close();
    } catch {
      // A file that can't be closed properly is opened anew all the same.
    }
    opened = null;
  }

  function openFile(): Opened {
    const db = openDatabase(file, migrations);
    const hasLog = db.pragma('journal_mode', { simple: true }) === 'wal';
    opened = { db, writer: createBatchWriter(db), identity: identityOf(file) ?? '', hasLog };
    return opened;
  }

  function startAfresh(what: string): Opened {
    closeQuietly();
    const aside = setAside(file, systemClock.now());
    const fresh = openFile();
    salvage(aside, fresh.db);
    notice = `usage.db was damaged (${what}). It was kept as ${aside}, and a new one was started`;
    return fresh;
  }

  function current(): Opened {
    if (opened) return opened;
    try {
      return openFile();
    } catch (error) {
      if (faultOf(error) !== 'damaged') throw error;
      return startAfresh(error instanceof Error ? error.message : String(error));
    }
  }

  /** Somebody may delete the file or its log under our hands; what is written then would be gone with the next start. */
  function noticeDeletion(): void {
    if (!opened) return;
    const identity = identityOf(file);
    if (identity === opened.identity) {
      // Closing copies a log that has lost its name into the file.
      if (opened.hasLog && identityOf(`${file}-wal`) === null) closeQuietly();
      return;
    }
    closeQuietly();
    notice = `usage.db was ${identity === null ? 'deleted' : 'replaced'} while the program ran; a new start was made with what is there`;
  }

  /** Runs work on the database; damage is mended once, other faults are thrown. */
  function withDatabase<T>(work: (open: Opened) => T): T {
    try {
      return work(current());
    } catch (error) {
      const fault = faultOf(error);
      if (fault === 'damaged') return work(startAfresh(errorCodeOf(error) || 'its check failed'));
      // With a full disk or a lock the open file is still the best there is to read from.
      if (fault === 'unwritable') closeQuietly();
      throw error;
    }
  }

  function stateAfter(work: () => void): FileState {
    try {
      work();
      return { trouble: null, notice };
    } catch (error) {
      return { trouble: reasonOf(error), notice };
    }
  }

  function answer({ db }: Opened, question: Question): unknown {
    switch (question.name) {
      case 'list':
        return listRecords(db, question.filter, systemClock);
      case 'get':
        return getRecord(db, question.id);
      case 'bodies':
        return readBodies(db, question.id);
      case 'summary':
        return summarise(db, question.query, days);
      case 'series':
        return drawSeries(db, question.query, days);
      case 'heatMap':
        return drawHeatMap(db, question.query, days);
      case 'clientKeyActivity':
        return readActivity(db, question.now, days);
      case 'facts':
        return readFacts(db);
      case 'clear':
        return clearRecords(db);
      case 'restore':
        return readCounts(db, question);
    }
  }

  return {
    open: () => stateAfter(() => void current()),
    write: (batch) =>
      stateAfter(() => {
        noticeDeletion();
        withDatabase(({ writer }) => writer.write(batch, days));
      }),
    ask(question) {
      try {
        return withDatabase((open) => answer(open, question));
      } catch (error) {
        if (faultOf(error) === 'mistake') throw error;
        throw new NoDatabaseError(reasonOf(error));
      }
    },
    prune: (now) => (opened ? pruneSteps(opened.db, now, options) : null),
    isOversize: () => opened !== null && isOversize(opened.db, options),
    configure(next) {
      options = next;
      days = createDayWindows(next.timeZone);
    },
    replaceDamaged: (what) => stateAfter(() => void startAfresh(what)),
    close: closeQuietly,
  };
}
