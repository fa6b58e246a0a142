// The line to the usage worker: starts it, starts it again when it dies, pairs answers with questions. It knows nothing of batches.
import { Worker } from 'node:worker_threads';
import { emptyAnswer } from './emptyAnswer.ts';
import type { AnswerTo, EngineOptions, FileState, FromWorker, Question, ToWorker } from './usageMessages.ts';
import type { Batch } from './writeBatch.ts';

export interface UsageLink {
  /** Whether the worker has opened the file (or found that it can't) and takes messages. */
  readonly isUp: boolean;
  write(batch: Batch): void;
  /** Empty-handed answers where there is no database; rejects where the question itself can't be answered. */
  ask<Name extends Question['name']>(question: Extract<Question, { name: Name }>): Promise<AnswerTo<Name>>;
  prune(now: number): Promise<void>;
  configure(options: Omit<EngineOptions, 'file'>): void;
  /** Keeps process and worker alive until the promise is settled, however its receiver waits for it. */
  hold<T>(promise: Promise<T>): Promise<T>;
  /** Lets the worker close the file and end. */
  close(): Promise<void>;
}

export interface UsageLinkEvents {
  /** A worker, the first or another, is up. */
  opened(state: FileState): void;
  written(number: number, state: FileState): void;
  noticed(state: FileState): void;
  /** The worker died. Another is started by itself after a pause. */
  died(reason: string): void;
}

/** Pauses before a worker that died is replaced. */
const restartMs = [500, 1000, 2000, 5000, 30_000] as const;
/** How long a worker is waited for that says nothing, at the start and at the end. */
const patienceMs = 10_000;

/** The source runs under Node's type stripping, the bundle as JavaScript; the worker lies beside this file in both. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './usageWorker.ts' : './usageWorker.js',
  import.meta.url,
);

interface Pending {
  /** Null for what is done and not asked. */
  question: Question | null;
  settle(value: unknown): void;
  fail(error: Error): void;
}

/** Resolves when the promise is settled or patience is at its end. */
export function patiently(promise: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(resolve, patienceMs);
    const done = () => {
      clearTimeout(limit);
      resolve();
    };
    promise.then(done, done);
  });
}

export async function createUsageLink(first: EngineOptions, events: UsageLinkEvents): Promise<UsageLink> {
  let settings = first;
  let worker: Worker | null = null;
  let isUp = false;
  let deaths = 0;
  let restart: NodeJS.Timeout | null = null;
  let closed = false;
  let holders = 0;
  let nextId = 0;
  const pending = new Map<number, Pending>();

  function post(message: ToWorker): void {
    worker?.postMessage(message);
  }

  function take(id: number): Pending | undefined {
    const taken = pending.get(id);
    pending.delete(id);
    return taken;
  }

  const nothing = (question: Question | null) =>
    question ? emptyAnswer(question, settings.timeZone) : undefined;

  function hear(message: FromWorker): void {
    switch (message.type) {
      case 'opened':
        isUp = true;
        events.opened(message.state);
        for (const [id, { question }] of pending) if (question) post({ type: 'ask', id, question });
        break;
      case 'written':
        deaths = 0;
        events.written(message.number, message.state);
        break;
      case 'state':
        events.noticed(message.state);
        break;
      case 'answer':
        take(message.id)?.settle(message.value);
        break;
      case 'done':
        take(message.id)?.settle(undefined);
        break;
      case 'unanswered': {
        const asked = take(message.id);
        asked?.settle(nothing(asked.question));
        break;
      }
      case 'failed':
        take(message.id)?.fail(new Error(`the usage store can't answer: ${message.message}`));
        break;
    }
  }

  function bury(dead: Worker, reason: string): void {
    if (worker !== dead) return;
    const wasUp = isUp;
    worker = null;
    isUp = false;
    for (const [id, { question, settle }] of pending) {
      // Asked again of the next worker, unless this one could not even start.
      if (question && wasUp && !closed) continue;
      pending.delete(id);
      settle(nothing(question));
    }
    if (closed) return;
    events.died(reason);
    restart = setTimeout(start, restartMs[Math.min(deaths, restartMs.length - 1)]);
    restart.unref();
    deaths += 1;
  }

  function start(): Worker {
    const workerData = { role: 'store', options: settings };
    // Flags that fit the program's start may not fit a thread's.
    const started = new Worker(workerFile, { workerData, execArgv: [] });
    worker = started;
    let reason = 'its thread ended';
    started.on('message', hear);
    started.on('error', (error: Error) => {
      reason = error.message;
    });
    started.on('exit', () => bury(started, reason));
    // Last, for listening to a worker holds the process.
    if (holders === 0) started.unref();
    return started;
  }

  async function hold<T>(promise: Promise<T>): Promise<T> {
    holders += 1;
    worker?.ref();
    try {
      return await promise;
    } finally {
      holders -= 1;
      if (holders === 0) worker?.unref();
    }
  }

  function request(question: Question | null, message: (id: number) => ToWorker): Promise<unknown> {
    if (closed || !worker) return Promise.resolve(nothing(question));
    const id = nextId++;
    const answer = new Promise<unknown>((settle, fail) => {
      pending.set(id, { question, settle, fail });
    });
    // Questions wait in `pending` until the worker is up.
    if (isUp || !question) post(message(id));
    return hold(answer);
  }

  const begun = start();
  await hold(
    patiently(
      new Promise<void>((resolve) => {
        begun.once('message', () => resolve());
        begun.once('exit', () => resolve());
      }),
    ),
  );

  return {
    get isUp() {
      return isUp;
    },
    write: (batch) => post({ type: 'write', batch }),
    ask: async <Name extends Question['name']>(question: Extract<Question, { name: Name }>) =>
      (await request(question, (id) => ({ type: 'ask', id, question }))) as AnswerTo<Name>,
    async prune(now) {
      await request(null, (id) => ({ type: 'prune', id, now }));
    },
    configure(options) {
      settings = { ...settings, ...options };
      post({ type: 'configure', options });
    },
    hold,
    async close() {
      if (closed) return;
      const closing = request(null, (id) => ({ type: 'close', id }));
      closed = true;
      if (restart) clearTimeout(restart);
      await patiently(closing);
      await worker?.terminate();
    },
  };
}
