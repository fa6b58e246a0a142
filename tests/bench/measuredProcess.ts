import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Reading } from './probe.ts';

export interface MeasuredProcess {
  readonly child: ChildProcess;
  /** What it has printed on stdout so far. */
  printed(): string;
  reading(): Promise<Reading>;
  stop(): Promise<void>;
}

const probe = pathToFileURL(fileURLToPath(new URL('./probe.ts', import.meta.url))).href;

/** Starts a Node program with the probe inside. Its stderr is kept for the error text. */
export function startMeasured(
  program: string,
  args: string[],
  nodeFlags: string[] = [],
  env: Record<string, string> = {},
): MeasuredProcess {
  const child = spawn(process.execPath, ['--import', probe, ...nodeFlags, program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...env },
  });
  let [out, errors] = ['', ''];
  child.stdout?.on('data', (bytes) => {
    out += bytes;
  });
  child.stderr?.on('data', (bytes) => {
    errors = `${errors}${bytes}`.slice(-4_000);
  });
  return {
    child,
    printed: () => out,
    async reading() {
      if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}:\n${errors}`);
      const answer = once(child, 'message');
      child.send('reading');
      const [reading]: Reading[] = await answer;
      if (!reading) throw new Error('no reading');
      return reading;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await gone;
      clearTimeout(timer);
    },
  };
}

/** Resolves with the first match in what the process prints; rejects with its output where it ends or takes too long. */
export async function waitForPrint(
  process: MeasuredProcess,
  pattern: RegExp,
  withinMs = 20_000,
): Promise<string> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = pattern.exec(process.printed())?.[0];
    if (found) return found;
    if (process.child.exitCode !== null) await process.reading();
    if (performance.now() > deadline) throw new Error(`no ${pattern} in:\n${process.printed()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
