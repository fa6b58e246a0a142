// The headless program as a process of its own, started from source as `npm run serve` starts it from the build.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SettingsInput } from '../../main/contract/schemas/settings.ts';
import { eventually, testAdminToken, testClientKey } from './testCore.ts';

export interface Headless {
  readonly process: ChildProcess;
  readonly origin: string;
  /** Everything it printed. */
  output(): string;
  post(route: string, body: unknown, init?: RequestInit): Promise<Response>;
  control<T>(route: string): Promise<T>;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export interface HeadlessOptions {
  dataDir: string;
  settings?: SettingsInput;
  env?: Record<string, string>;
  flags?: readonly string[];
}

const program = fileURLToPath(new URL('../../main/headless.ts', import.meta.url));

/** Starts it without waiting for anything. */
export function spawnHeadless(options: HeadlessOptions): { process: ChildProcess; output: () => string } {
  if (options.settings) {
    fs.mkdirSync(options.dataDir, { recursive: true });
    fs.writeFileSync(path.join(options.dataDir, 'settings.json'), JSON.stringify(options.settings));
  }
  const child = spawn(process.execPath, [program, '--data-dir', options.dataDir, ...(options.flags ?? [])], {
    env: {
      PATH: process.env.PATH,
      HOME: options.dataDir,
      SLUICE_VAULT: 'memory',
      SLUICE_ADMIN_TOKEN: testAdminToken,
      SLUICE_CLIENT_KEY: testClientKey,
      SLUICE_PORT: '0',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return { process: child, output: () => printed };
}

export async function startHeadless(options: HeadlessOptions): Promise<Headless> {
  const runtimeFile = path.join(options.dataDir, 'runtime.json');
  fs.rmSync(runtimeFile, { force: true });
  const { process: child, output } = spawnHeadless(options);
  await eventually(output, (text) => /serves http/.test(text) || child.exitCode !== null, 60_000);
  if (child.exitCode !== null) throw new Error(`headless ended with ${child.exitCode}: ${output()}`);
  const { port } = JSON.parse(fs.readFileSync(runtimeFile, 'utf8')) as { port: number };
  const origin = `http://127.0.0.1:${port}`;
  return {
    process: child,
    origin,
    output,
    post: (route, body, init) =>
      fetch(`${origin}${route}`, {
        method: 'POST',
        body: JSON.stringify(body),
        ...init,
        headers: {
          authorization: `Bearer ${testClientKey}`,
          'content-type': 'application/json',
          ...init?.headers,
        },
      }),
    async control<T>(route: string) {
      const response = await fetch(`${origin}/control${route}`, {
        headers: { authorization: `Bearer ${testAdminToken}` },
      });
      return (await response.json()) as T;
    },
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}
