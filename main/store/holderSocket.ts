// A local socket that says which process holds a name. The system lets go of it when its holder dies, however that happens.
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const holderSchema = z.object({ shell: z.enum(['desktop', 'headless']), pid: z.number().int() });
export type Holder = z.output<typeof holderSchema>;

const names: Record<Holder['shell'], string> = { desktop: 'the desktop app', headless: 'without a desktop' };

/** `another Sluice (without a desktop, process 12)`. */
export function anotherSluice(holder: Holder | null): string {
  return `another Sluice${holder ? ` (${names[holder.shell]}, process ${holder.pid})` : ''}`;
}

function addressOf(name: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  // Linux knows sockets without a file, which can't be left over.
  return process.platform === 'linux' ? `\0${name}` : path.join(os.tmpdir(), `${name}.sock`);
}

function bind(address: string, holder: Holder): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => {
      socket.on('error', () => {});
      socket.end(JSON.stringify(holder));
      socket.unref();
    });
    server.once('error', reject);
    server.listen(address, () => resolve(server));
  });
}

/** A holder that is stopped or busy says nothing in this time; it holds all the same. */
const answerMs = 1_000;

/** Who holds the name; null where somebody does and does not say; false where nobody does. */
export function askHolder(name: string): Promise<Holder | null | false> {
  return new Promise((resolve) => {
    let text = '';
    let connected = false;
    const socket = net.connect(addressOf(name));
    const end = (): void => {
      clearTimeout(late);
      socket.destroy();
      resolve(connected && readHolder(text));
    };
    const late = setTimeout(end, answerMs);
    socket.once('connect', () => {
      connected = true;
    });
    socket.on('data', (bytes) => {
      text += bytes.toString('utf8');
    });
    socket.once('end', end);
    socket.once('error', end);
  });
}

function readHolder(text: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The name is somebody else's. */
export class NameHeldError extends Error {
  override readonly name = 'NameHeldError';
  readonly holder: Holder | null;
  constructor(holder: Holder | null) {
    super(`held by ${anotherSluice(holder)}`);
    this.holder = holder;
  }
}

/** Takes the name for this process; returns what gives it back. Throws NameHeldError. */
export async function holdName(name: string, shell: Holder['shell']): Promise<() => Promise<void>> {
  const address = addressOf(name);
  const self = { shell, pid: process.pid };
  let server: net.Server;
  try {
    server = await bind(address, self);
  } catch (error) {
    const holder = await askHolder(name);
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || holder !== false)
      throw new NameHeldError(holder || null);
    // A socket file that a killed process left behind.
    fs.rmSync(address, { force: true });
    server = await bind(address, self);
  }
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}
