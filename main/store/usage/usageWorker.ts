// The worker thread in front of usage.db: takes messages in order and prunes in the pauses between them.
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { checkFile, isLarge } from './checkFile.ts';
import { createUsageEngine, NoDatabaseError } from './usageEngine.ts';
import type { EngineOptions, FileState, FromWorker, ToWorker } from './usageMessages.ts';

/** A second thread of this file checks a large database while the first one already works. */
type WorkerData = { role: 'store'; options: EngineOptions } | { role: 'check'; file: string };

/** Pages are counted after every so many batches. */
const batchesBetweenSizeChecks = 20;

function serve(port: NonNullable<typeof parentPort>, options: EngineOptions): void {
  const engine = createUsageEngine(options);
  const post = (message: FromWorker) => port.postMessage(message);
  let lastNow = 0;
  let batches = 0;
  let pruning = false;
  /** Askers of prunings that have not begun yet. */
  let waiting: { now: number; done(): void }[] = [];

  function pruneNext(): void {
    if (pruning || waiting.length === 0) return;
    const askers = waiting;
    waiting = [];
    const steps = engine.prune(Math.max(...askers.map((asker) => asker.now)));
    pruning = true;
    const step = () => {
      try {
        if (steps && !steps.next().done) {
          setImmediate(step);
          return;
        }
      } catch {
        // The file was closed or is full: the next batch reports it, the next pruning tries again.
      }
      pruning = false;
      for (const asker of askers) asker.done();
      pruneNext();
    };
    setImmediate(step);
  }

  function prune(now: number, done: () => void): void {
    waiting.push({ now, done });
    pruneNext();
  }

  function write(message: Extract<ToWorker, { type: 'write' }>): FileState {
    const { batch } = message;
    const state = engine.write(batch);
    lastNow = batch.now;
    batches += 1;
    if (
      state.trouble === null &&
      batches % batchesBetweenSizeChecks === 0 &&
      !pruning &&
      engine.isOversize()
    ) {
      prune(lastNow, () => {});
    }
    return state;
  }

  function answer({ id, question }: Extract<ToWorker, { type: 'ask' }>): FromWorker {
    try {
      return { type: 'answer', id, value: engine.ask(question) };
    } catch (error) {
      if (error instanceof NoDatabaseError) return { type: 'unanswered', id };
      return { type: 'failed', id, message: error instanceof Error ? error.message : String(error) };
    }
  }

  port.on('message', (message: ToWorker) => {
    switch (message.type) {
      case 'write':
        post({ type: 'written', number: message.batch.number, state: write(message) });
        break;
      case 'ask':
        post(answer(message));
        break;
      case 'prune':
        prune(message.now, () => post({ type: 'done', id: message.id }));
        break;
      case 'configure':
        engine.configure(message.options);
        break;
      case 'close':
        engine.close();
        post({ type: 'done', id: message.id });
        port.close();
        break;
    }
  });

  const state = engine.open();
  post({ type: 'opened', state });
  if (state.trouble !== null || !isLarge(options.file)) return;
  const check = new Worker(new URL(import.meta.url), {
    workerData: { role: 'check', file: options.file } satisfies WorkerData,
  });
  check.on('error', () => {});
  check.on('message', (damage: string) => post({ type: 'state', state: engine.replaceDamaged(damage) }));
  check.unref();
}

const data = workerData as WorkerData;
if (!parentPort) throw new Error('usageWorker runs as a worker thread only');
if (data.role === 'store') serve(parentPort, data.options);
else {
  const damage = checkFile(data.file);
  if (damage !== null) parentPort.postMessage(damage);
}
