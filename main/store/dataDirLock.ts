// One data folder, one process: held as a local socket, which the system lets go of when its holder dies, however that happens.
// Whoever comes second is told by the holder itself who it is.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

/** Another Sluice works in this folder. */
export class DataDirInUseError extends Error {
  override readonly name = 'DataDirInUseError';
  constructor(dataDir: string, holder: Holder | null) {
    const who = holder ? ` (${names[holder.shell]}, process ${holder.pid})` : '';
    super(
      `Another Sluice${who} is already running with the data folder ${dataDir}. Quit it first, or choose another folder.`,
    );
  }
}

const holderSchema = z.object({ shell: z.enum(['desktop', 'headless']), pid: z.number().int() });
export type Holder = z.output<typeof holderSchema>;

const names: Record<Holder['shell'], string> = { desktop: 'the desktop app', headless: 'without a desktop' };

export interface DataDirLock {
  release(): Promise<void>;
}

function socketPath(dataDir: string): string {
  const digest = createHash('sha256').update(fs.realpathSync(dataDir)).digest('hex').slice(0, 24);
  const name = `sluice-${digest}`;
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

/** Who holds it; null where somebody does and does not say; false where nobody does. */
function askHolder(address: string): Promise<Holder | null | false> {
  return new Promise((resolve) => {
    let text = '';
    let connected = false;
    const socket = net.connect(address);
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

/** Takes the folder (which must exist) for this process. Throws DataDirInUseError. */
export async function lockDataDir(dataDir: string, shell: Holder['shell']): Promise<DataDirLock> {
  const address = socketPath(dataDir);
  const self = { shell, pid: process.pid };
  let server: net.Server;
  try {
    server = await bind(address, self);
  } catch (error) {
    const holder = await askHolder(address);
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || holder !== false)
      throw new DataDirInUseError(dataDir, holder || null);
    // A socket file that a killed process left behind.
    fs.rmSync(address, { force: true });
    server = await bind(address, self);
  }
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}
