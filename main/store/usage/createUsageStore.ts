// The main thread's side of the usage store: gathers what is added into batches and tells of trouble. It never touches the file.
import { randomUUID } from 'node:crypto';
import { systemClock } from '../../base/clock.ts';
import type { RecordFilter, RecordPage } from '../../contract/schemas/record.ts';
import { createUsageLink, patiently } from './usageLink.ts';
import type { FileState } from './usageMessages.ts';
import { createUsageQueue, mergeCounts } from './usageQueue.ts';
import type { UsageStore, UsageStoreOptions } from './usageStore.ts';
import type { Batch } from './writeBatch.ts';

/** How long entries gather before they are handed over: well below the 200 ms after which they are to be on disk. */
const gatherMs = 80;
/** Pauses between attempts while writing fails. */
const retryMs = [500, 1000, 2000, 5000] as const;
/** Records, and calls, that wait at most while nothing can be written. */
const longestQueue = 50_000;
/** Turns of the worker that one page may take: a search through several million records. */
const pagesPerList = 20;
const firstPruneMs = 60_000;
const pruneEveryMs = 3_600_000;

/**
 * Opens (or makes) usage.db. Resolves also where that fails: then `onTrouble` has been told, questions get empty answers, and
 * opening is tried again for as long as the store lives.
 */
export async function createUsageStore(options: UsageStoreOptions): Promise<UsageStore> {
  const clock = options.clock ?? systemClock;
  const sender = randomUUID();
  const queue = createUsageQueue(longestQueue);
  let batchNumber = 0;
  /** The batch that the worker has and has not answered for. */
  let inFlight: Batch | null = null;
  let afterBatch: (() => void)[] = [];
  let timer: NodeJS.Timeout | null = null;
  let failures = 0;
  let state: FileState = { trouble: null, notice: null };
  let told: string | null = null;
  let closed = false;

  function learn(next: FileState): void {
    state = next;
    const lost = queue.dropped > 0 ? '. Too much is waiting: the oldest entries are given up' : '';
    const word = state.trouble === null ? state.notice : state.trouble + lost;
    if (word === told) return;
    told = word;
    options.onTrouble(word);
  }

  /** The timer is what turns entries into batches. It never keeps the process alive. */
  function schedule(): void {
    if (timer || inFlight || closed) return;
    timer = setTimeout(
      () => {
        timer = null;
        sendBatch();
      },
      failures === 0 ? gatherMs : retryMs[Math.min(failures, retryMs.length) - 1],
    );
    timer.unref();
  }

  function sendBatch(): void {
    // While writing fails an empty batch asks whether it works again.
    if (!link.isUp || inFlight || (queue.isEmpty && state.trouble === null)) return;
    const { counts, ...entries } = queue.take();
    batchNumber += 1;
    inFlight = { number: batchNumber, sender, now: clock.now(), ...entries, counts: mergeCounts(counts) };
    link.write(inFlight);
  }

  function resumeWaiting(): void {
    const waiting = afterBatch;
    afterBatch = [];
    for (const resume of waiting) resume();
  }

  function batchDone(batch: Batch, next: FileState): void {
    inFlight = null;
    if (next.trouble !== null) queue.putBack(batch);
    failures = next.trouble === null ? 0 : failures + 1;
    learn(next);
    resumeWaiting();
    if (!queue.isEmpty || next.trouble !== null) schedule();
  }

  const link = await createUsageLink(
    {
      file: options.file,
      retentionDays: options.retentionDays,
      maxDatabaseMB: options.maxDatabaseMB,
      timeZone: options.timeZone,
    },
    {
      opened(next) {
        // A batch whose fate is unknown goes first and unchanged, for the database knows its number. Its answer clears the trouble.
        if (inFlight) {
          link.write(inFlight);
          return;
        }
        failures = next.trouble === null ? 0 : failures + 1;
        learn(next);
        if (!queue.isEmpty || next.trouble !== null) schedule();
      },
      written(number, next) {
        if (inFlight?.number === number) batchDone(inFlight, next);
      },
      noticed: learn,
      died(reason) {
        learn({ ...state, trouble: `the usage store stopped: ${reason}` });
        resumeWaiting();
      },
    },
  );

  /** One attempt at everything queued so far. */
  async function writeDown(): Promise<void> {
    const batchAnswered = () => new Promise<void>((resolve) => afterBatch.push(resolve));
    if (inFlight) await batchAnswered();
    if (queue.isEmpty || !link.isUp) return;
    if (!inFlight) sendBatch();
    await batchAnswered();
  }

  /** A page that ran out of time before it was full goes on; batches and other questions get their turn in between. */
  async function list(filter: RecordFilter): Promise<RecordPage> {
    const page = await link.ask<'list'>({ name: 'list', filter });
    let { records, nextCursor } = page;
    for (let n = 1; n < pagesPerList && nextCursor !== null && records.length < filter.limit; n++) {
      const next: RecordFilter = { ...filter, cursor: nextCursor, limit: filter.limit - records.length };
      const more: RecordPage = await link.ask<'list'>({ name: 'list', filter: next });
      records = [...records, ...more.records];
      nextCursor = more.nextCursor;
    }
    return { records, nextCursor };
  }

  const flush = () => link.hold(patiently(writeDown()));
  const prune = () => link.prune(clock.now());
  const firstPrune = setTimeout(() => void prune(), firstPruneMs).unref();
  const everyPrune = setInterval(() => void prune(), pruneEveryMs).unref();

  return {
    add(record) {
      queue.addRecord(record);
      if (!timer) schedule();
    },
    addBodies(recordId, bodies) {
      queue.addBodies({ recordId, bodies });
      if (!timer) schedule();
    },
    count(delta) {
      queue.addCount(delta);
      if (!timer) schedule();
    },
    addCall(call) {
      queue.addCall(call);
      if (!timer) schedule();
    },
    restore: (day, since) => link.ask<'restore'>({ name: 'restore', day, since }),
    list,
    get: (id) => link.ask<'get'>({ name: 'get', id }),
    bodies: (id) => link.ask<'bodies'>({ name: 'bodies', id }),
    summary: (query) => link.ask<'summary'>({ name: 'summary', query }),
    series: (query) => link.ask<'series'>({ name: 'series', query }),
    heatMap: (query) => link.ask<'heatMap'>({ name: 'heatMap', query }),
    clientKeyActivity: () => link.ask<'clientKeyActivity'>({ name: 'clientKeyActivity', now: clock.now() }),
    facts: () => link.ask<'facts'>({ name: 'facts' }),
    async clear() {
      await flush();
      await link.ask<'clear'>({ name: 'clear' });
      await prune();
      return link.ask<'facts'>({ name: 'facts' });
    },
    flush,
    prune,
    configure: (next) => link.configure(next),
    async close() {
      if (closed) return;
      await flush();
      closed = true;
      if (timer) clearTimeout(timer);
      clearTimeout(firstPrune);
      clearInterval(everyPrune);
      await link.close();
    },
  };
}
