// The real headless program as a child process, with a data folder of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const root = path.join(import.meta.dirname, '..', '..', '..');

export interface HeadlessProgram {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly token: string;
  readonly dataDir: string;
  /** An operation of `/control`, as the dashboard calls it. */
  control<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** A chat completion with a client key; resolves when the answer is whole. */
  chat(
    key: string,
    body: { model: string; stream?: boolean; text?: string; options?: object },
  ): Promise<{ status: number; text: string }>;
  /** Removes the data folder, unless told to keep it. */
  stop(options?: { keepData?: boolean }): Promise<void>;
}

export interface HeadlessOptions {
  /** Listen here instead of any free port. */
  port?: number;
  dataDir?: string;
  token?: string | undefined;
}

interface RuntimeFile {
  pid: number;
  url: string;
}

async function urlOf(dataDir: string, child: ChildProcess, errors: () => string): Promise<string> {
  const file = path.join(dataDir, 'runtime.json');
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the gateway ended with ${child.exitCode}: ${errors()}`);
    const told = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RuntimeFile) : null;
    // One that was killed leaves its own behind.
    if (told && told.pid === child.pid) return told.url;
    await wait(100);
  }
  throw new Error(`the gateway did not listen within 60 s: ${errors()}`);
}

export async function startHeadless(options: HeadlessOptions = {}): Promise<HeadlessProgram> {
  if (!existsSync(path.join(root, 'out', 'renderer', 'index.html')))
    throw new Error('out/renderer is missing: run npm run build first');
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'sluice-dashboard-'));
  const token = options.token ?? `admin-${crypto.randomUUID()}`;
  const args = ['--data-dir', dataDir, '--vault', 'memory', '--port', String(options.port ?? 0)];
  const child = spawn(process.execPath, [path.join(root, 'main', 'headless.ts'), ...args], {
    env: { ...process.env, SLUICE_ADMIN_TOKEN: token, NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // A run that breaks off must not leave a gateway behind.
  const killed = () => void child.kill('SIGKILL');
  process.once('exit', killed);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors = `${errors}${chunk}`.slice(-4000);
  });
  const url = await urlOf(dataDir, child, () => errors);

  return {
    url,
    token,
    dataDir,
    async control(method, operation, body) {
      const answer = await fetch(`${url}/control${operation}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        body: body ? JSON.stringify(body) : undefined,
      });
      if (!answer.ok) throw new Error(`${method} ${operation}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as never;
    },
    async chat(key, { model, stream = false, text = 'Hello', options = {} }) {
      const answer = await fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model, stream, messages: [{ role: 'user', content: text }], ...options }),
      });
      return { status: answer.status, text: await answer.text() };
    },
    async stop({ keepData = false } = {}) {
      process.off('exit', killed);
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await Promise.race([ended, wait(20_000)]);
        if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
        // Whoever starts the next one may want its port and its folder.
        await ended;
      }
      if (!keepData) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
