// One data folder, one process: held as a local socket, which the system lets go of when its holder dies, however that happens.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** Another Sluice works in this folder. */
export class DataDirInUseError extends Error {
  override readonly name = 'DataDirInUseError';
  constructor(dataDir: string) {
    super(
      `Another Sluice is already running with the data folder ${dataDir}. Quit it first, or choose another folder.`,
    );
  }
}

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

function bind(address: string): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(address, () => resolve(server));
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Takes the folder (which must exist) for this process. Throws DataDirInUseError. */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  const address = socketPath(dataDir);
  let server: net.Server;
  try {
    server = await bind(address);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || (await answers(address)))
      throw new DataDirInUseError(dataDir);
    // A socket file that a killed process left behind.
    fs.rmSync(address, { force: true });
    server = await bind(address);
  }
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}
