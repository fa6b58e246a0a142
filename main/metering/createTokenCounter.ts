// Hands text to a worker thread that counts it, and guesses where that would take too long. It never keeps anybody waiting.
import { Worker } from 'node:worker_threads';
import { guessTokens } from './guessTokens.ts';
import type { TokenCounter } from './tokenCounter.ts';
import type { CountAnswer, CountRequest } from './tokenWorker.ts';

export interface TokenCounterOptions {
  /** How long a count may take before a guess stands in for it. */
  patienceMs?: number;
  /** How long a worker lives that has nothing to do; its vocabulary takes some 80 MB. */
  idleMs?: number;
  /** Longer texts (in UTF-16 units) are counted by samples. */
  longestText?: number;
}

/** Samples of a text that is too long, spread evenly. */
const samples = 8;
/** A worker that has not answered for so long is given up. */
const stuckMs = 5000;

/** The source runs under Node's type stripping, the bundle as JavaScript; the worker lies beside this file in both. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './tokenWorker.ts' : './tokenWorker.js',
  import.meta.url,
);

interface Waiting {
  settle(tokens: number | null): void;
  timer: NodeJS.Timeout;
}

function sampleOf(text: string, longest: number): string {
  const size = Math.floor(longest / samples / 4);
  const step = (text.length - size) / (samples - 1);
  return Array.from({ length: samples }, (_, n) => {
    const start = Math.floor(n * step);
    return text.slice(start, start + size);
  }).join('\n');
}

export function createTokenCounter(options: TokenCounterOptions = {}): TokenCounter {
  const { patienceMs = 1000, idleMs = 60_000, longestText = 2_000_000 } = options;
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let nextId = 0;
  /** Texts that the worker has and has not answered for, those nobody waits for any more included. */
  let unanswered = 0;
  let overdue = 0;
  let idle: NodeJS.Timeout | null = null;
  let stuck: NodeJS.Timeout | null = null;
  let closed = false;

  function forget(timer: NodeJS.Timeout | null): null {
    if (timer) clearTimeout(timer);
    return null;
  }

  function settle(id: number, tokens: number | null): boolean {
    const waiter = waiting.get(id);
    waiting.delete(id);
    if (waiter) clearTimeout(waiter.timer);
    waiter?.settle(tokens);
    return waiter !== undefined;
  }

  /** Ends the worker; whoever waits for it gets a guess. */
  async function stop(): Promise<void> {
    const stopped = worker;
    worker = null;
    unanswered = 0;
    overdue = 0;
    idle = forget(idle);
    stuck = forget(stuck);
    for (const id of [...waiting.keys()]) settle(id, null);
    await stopped?.terminate();
  }

  function watch(): void {
    idle = forget(idle);
    stuck = forget(stuck);
    if (unanswered > 0) stuck = setTimeout(() => void stop(), stuckMs).unref();
    else idle = setTimeout(() => void stop(), idleMs).unref();
  }

  function start(): Worker {
    const started = new Worker(workerFile, { execArgv: [] });
    const gone = () => {
      if (worker === started) void stop();
    };
    started.on('message', ({ id, tokens }: CountAnswer) => {
      if (worker !== started) return;
      unanswered -= 1;
      if (!settle(id, tokens)) overdue -= 1;
      watch();
    });
    started.on('error', gone);
    started.on('exit', gone);
    // Last, for listening to a worker holds the process.
    started.unref();
    return started;
  }

  /** Null where the worker can't tell in time. */
  function ask(text: string): Promise<number | null> {
    if (closed || overdue > 0) return Promise.resolve(null);
    worker ??= start();
    const id = nextId++;
    unanswered += 1;
    if (unanswered === 1) watch();
    worker.postMessage({ id, text } satisfies CountRequest);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        overdue += 1;
        settle(id, null);
      }, patienceMs);
      waiting.set(id, { settle: resolve, timer });
    });
  }

  return {
    async count(text) {
      if (text === '') return 0;
      const sampled = text.length > longestText;
      const asked = sampled ? sampleOf(text, longestText) : text;
      const tokens = (await ask(asked)) ?? guessTokens(Buffer.byteLength(asked));
      return sampled ? Math.round((tokens * text.length) / asked.length) : tokens;
    },
    async close() {
      closed = true;
      await stop();
    },
  };
}
