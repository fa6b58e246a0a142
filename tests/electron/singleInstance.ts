// One process per userData folder, across processes: a lock file with the holder's pid, and a socket on which later ones say
// what they were started with.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface Holder {
  pid: number;
  socket: string;
}

export interface Started {
  argv: string[];
  cwd: string;
  data: unknown;
}

let release = async (): Promise<void> => {};

/** What this process still has to say to the holder is said before it ends. */
export function releaseInstanceLock(): Promise<void> {
  return release();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

/** Takes a dead holder's file away; one that was renewed meanwhile is put back. */
function clear(file: string): void {
  const aside = `${file}.${process.pid}.old`;
  try {
    renameSync(file, aside);
    const moved = readHolder(aside);
    if (moved && isAlive(moved.pid)) linkSync(aside, file);
  } catch {
    // Another start was quicker.
  } finally {
    rmSync(aside, { force: true });
  }
}

/** A file appears with its content or not at all, and only where there is none. */
function take(file: string, content: string): boolean {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, content);
  try {
    linkSync(fresh, file);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(fresh, { force: true });
  }
}

function listen(socket: string, onStarted: (started: Started) => void): void {
  const server = createServer((connection) => {
    let text = '';
    connection.on('data', (bytes) => {
      text += bytes;
    });
    connection.on('end', () => onStarted(JSON.parse(text) as Started));
    connection.on('error', () => {});
  });
  server.listen(socket);
  server.unref();
}

/** In the folder itself; a system takes short socket paths only. */
function socketFor(userData: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\stand-in-${process.pid}`;
  const inside = path.join(userData, 'Singleton.sock');
  return inside.length < 100 ? inside : path.join(tmpdir(), `stand-in-${process.pid}.sock`);
}

function tell(socket: string, started: Started): Promise<void> {
  return new Promise((resolve) => {
    const connection = connect(socket, () => connection.end(JSON.stringify(started)));
    connection.once('close', () => resolve());
    connection.once('error', () => resolve());
  });
}

export function takeInstanceLock(
  userData: string,
  data: unknown,
  onStarted: (started: Started) => void,
): boolean {
  mkdirSync(userData, { recursive: true });
  const file = path.join(userData, 'SingletonLock.json');
  for (let tries = 0; tries < 50; tries++) {
    const holder = readHolder(file);
    if (holder?.pid === process.pid) return true;
    if (holder && isAlive(holder.pid)) {
      const told = tell(holder.socket, { argv: process.argv, cwd: process.cwd(), data });
      release = () => told;
      return false;
    }
    if (holder) clear(file);
    const socket = socketFor(userData);
    if (take(file, JSON.stringify({ pid: process.pid, socket } satisfies Holder))) {
      rmSync(socket, { force: true });
      listen(socket, onStarted);
      release = async () => rmSync(file, { force: true });
      return true;
    }
  }
  throw new Error('the instance lock could neither be taken nor read');
}
