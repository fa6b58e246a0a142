import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const folder = new URL('../../../resources/scripts/', import.meta.url);
export const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** The address of a script, to import in `code`. */
export function scriptUrl(name: string): string {
  return pathToFileURL(fileURLToPath(new URL(name, folder))).href;
}

/** Starts a module given as text, on this Node. */
export function startCode(code: string, env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, ['--input-type=module', '-e', code], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Resolves with what it printed and how it ended. */
export function ended(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = '';
  child.stdout?.on('data', (bytes) => {
    output += bytes;
  });
  child.stderr?.on('data', (bytes) => {
    output += bytes;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}
