// Hands single calls to the keychain's process, one at a time, and knows when that process hangs or is gone.
import { besideFile, type ChildProcess, type StartChild } from './childProcess.ts';
import { type KeychainAnswer, type KeychainRequest, keychainAnswerSchema } from './keychainMessages.ts';

/** What became of a call: the keychain's own answer, `late` where the time is over, `died` where its process ended. */
export type KeychainResult = KeychainAnswer | { ok: 'late' } | { ok: 'died' };

export interface KeychainClient {
  /** Always settles within `limitMs`, counted from now. While a late call is still open, all others are late at once. */
  call(request: Omit<KeychainRequest, 'id'>, limitMs: number): Promise<KeychainResult>;
  /** Kills a process whose call is late, which takes its prompt from the screen. */
  giveUp(): void;
  /** The next call gets a new process; no call may be running. */
  renew(): void;
  /** Tells when a late call was answered after all, e.g. because the user typed the password. */
  onLateAnswer(listener: () => void): void;
  close(): void;
}

interface OpenCall {
  request: KeychainRequest;
  settle(result: KeychainResult): void;
  late: boolean;
}

/** An idle process is ended after so long. */
const idleMs = 10_000;

export function createKeychainClient(deps: {
  start: StartChild;
  environment: Readonly<Record<string, string | undefined>>;
}): KeychainClient {
  let child: ChildProcess | null = null;
  let running: OpenCall | null = null;
  let queue: OpenCall[] = [];
  let lastId = 0;
  let idle: NodeJS.Timeout | null = null;
  const lateListeners: (() => void)[] = [];

  function ended(which: ChildProcess): void {
    if (child !== which) return;
    child = null;
    const dead = running;
    running = null;
    dead?.settle({ ok: 'died' });
    next();
  }

  function received(message: unknown): void {
    const answer = keychainAnswerSchema.safeParse(message);
    if (!answer.success || answer.data.id !== running?.request.id) return;
    const call = running;
    running = null;
    call.settle(answer.data);
    if (call.late) for (const listener of lateListeners) listener();
    next();
  }

  function ensureChild(): ChildProcess {
    if (child) return child;
    const started = deps.start(besideFile(import.meta.url, 'keychainProcess'), deps.environment);
    started.onMessage(received);
    started.onExit(() => ended(started));
    child = started;
    return started;
  }

  function stop(): void {
    const which = child;
    if (!which) return;
    which.kill();
    ended(which);
  }

  function next(): void {
    if (idle) clearTimeout(idle);
    idle = null;
    if (running) return;
    const call = queue.shift();
    if (!call) {
      idle = setTimeout(stop, idleMs);
      idle.unref();
      return;
    }
    running = call;
    ensureChild().send(call.request);
  }

  return {
    call(request, limitMs) {
      if (running?.late) return Promise.resolve({ ok: 'late' });
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          if (running === call) {
            call.late = true;
            const waiting = queue;
            queue = [];
            for (const other of waiting) other.settle({ ok: 'late' });
          } else queue = queue.filter((other) => other !== call);
          resolve({ ok: 'late' });
        }, limitMs);
        const settle = (result: KeychainResult): void => {
          clearTimeout(timer);
          resolve(result);
        };
        const call: OpenCall = { request: { ...request, id: ++lastId }, settle, late: false };
        queue.push(call);
        next();
      });
    },
    giveUp() {
      if (running?.late) stop();
    },
    renew() {
      if (!running) stop();
    },
    onLateAnswer: (listener) => void lateListeners.push(listener),
    close() {
      queue = [];
      stop();
      if (idle) clearTimeout(idle);
    },
  };
}
