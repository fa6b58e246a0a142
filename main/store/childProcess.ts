import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A process that runs one of our files and talks in messages. Electron's utilityProcess fits as well as Node's fork. */
export interface ChildProcess {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: () => void): void;
  /** At once, whatever it is doing. */
  kill(): void;
}

/** Starts the file as a process of its own, with this environment. */
export type StartChild = (
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
) => ChildProcess;

/** A file beside the one at `importMetaUrl`: TypeScript when run from source, JavaScript when built. */
export function besideFile(importMetaUrl: string, name: string): string {
  const source = fileURLToPath(new URL(`./${name}.ts`, importMetaUrl));
  return existsSync(source) ? source : fileURLToPath(new URL(`./${name}.js`, importMetaUrl));
}

/** Node's way. It does not keep this program from ending. */
export const forkChild: StartChild = (file, environment) => {
  const child = fork(file, [], {
    env: environment as NodeJS.ProcessEnv,
    execArgv: [],
    serialization: 'json',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.unref();
  child.channel?.unref();
  const exitListeners: (() => void)[] = [];
  let exited = false;
  const exit = (): void => {
    if (exited) return;
    exited = true;
    for (const listener of exitListeners) listener();
  };
  child.once('exit', exit);
  child.once('error', exit);
  return {
    send: (message) => {
      // A failed send is a process that ended, which is reported by itself.
      child.send(message as object, () => {});
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void exitListeners.push(listener),
    kill: () => void child.kill('SIGKILL'),
  };
};
