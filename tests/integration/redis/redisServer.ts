// A real redis-server on a port of its own, which forgets everything when it stops.
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';

/** The program, or null where it is not installed. */
export const redisServerPath: string | null =
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, 'redis-server'))
    .find((file) => fs.existsSync(file)) ?? null;

/** For `describe.skipIf(redisServerPath === null)`: the reporter wants the reason in the name. */
export const needsRedis = '(needs the Debian package redis-server)';

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** A client of the tests' own, without any of the program's caution. */
  admin(options?: { password?: string }): Redis;
  pause(): void;
  resume(): void;
  /** Ends the process at once, as a crash would. */
  kill(): Promise<void>;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

const running = new Set<ChildProcess>();
const clients = new Set<Redis>();

/** To be called after each test: nothing stays behind. */
export async function stopRedis(): Promise<void> {
  for (const client of clients) client.disconnect();
  clients.clear();
  await Promise.all([...running].map(end));
}

function end(child: ChildProcess): Promise<void> {
  running.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** Starts the server and waits until it accepts connections. `args` are options of redis-server. */
export async function startRedis(args: string[] = [], port?: number): Promise<RedisServer> {
  const chosen = port ?? (await freePort());
  const fixed = ['--port', `${chosen}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn(redisServerPath ?? 'redis-server', [...fixed, '--dir', os.tmpdir(), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('redis-server did not start')), 10_000);
    let text = '';
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}: ${text}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (!text.includes('Ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
  });
  return {
    port: chosen,
    url: `redis://127.0.0.1:${chosen}`,
    admin(options = {}) {
      const client = new Redis({ port: chosen, host: '127.0.0.1', ...options });
      client.on('error', () => {});
      clients.add(client);
      return client;
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    kill: () => end(child),
  };
}
