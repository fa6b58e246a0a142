// Runs the program that a command is for: it owns the terminal, gets every signal once, and its exit code is ours.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './root.mjs';
import { childEnv } from './run.mjs';

/** npm and the terminal both tell us of one Ctrl-C; what comes this close together is one signal. */
const sameSignalMs = 400;

/**
 * Under npm our parent is a shell, which npm's signal ends without telling us: its end is the signal then.
 * Returns the function that stops watching.
 */
function watchShell(onEnd) {
  if (process.platform === 'win32' || !process.env.npm_lifecycle_event) return () => {};
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== shell) onEnd();
  }, 200);
  return () => clearInterval(timer);
}

/** Resolves with `{code, signal, ms}`; code is 128 + number for a child that a signal ended. */
export function foreground(command, args, { env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(command, args, { cwd: root, env: childEnv(env), stdio: 'inherit' });
    const last = new Map();
    const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
      const handler = () => {
        const before = last.get(signal) ?? Number.NEGATIVE_INFINITY;
        last.set(signal, performance.now());
        if (performance.now() - before < sameSignalMs) return;
        // A terminal's Ctrl-C goes to the whole group: the child has it already.
        const hasIt = signal === 'SIGINT' && (process.platform === 'win32' || process.stdin.isTTY);
        if (!hasIt) child.kill(signal);
      };
      process.on(signal, handler);
      return () => process.off(signal, handler);
    });
    const unwatch = watchShell(() => {
      unwatch();
      // After a Ctrl-C the shell is gone as well, and the child knows.
      if (last.size === 0) child.kill('SIGTERM');
    });
    const done = () => {
      unwatch();
      for (const remove of handlers) remove();
    };
    child.on('error', (error) => {
      done();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      done();
      const number = signal ? (constants.signals[signal] ?? 0) : 0;
      resolve({ code: code ?? 128 + number, signal, ms: performance.now() - startedAt });
    });
  });
}
