// The log on disk: `<data-dir>/logs/sluice.log` and one older file, so that it never grows without end.
import fs from 'node:fs';
import path from 'node:path';
import { formatLogLine, type LogSink } from '../base/log.ts';

const maxBytes = 5 * 1024 * 1024;
/** What is read of a file's end. */
const tailBytes = 512 * 1024;

export interface LogFile {
  readonly path: string;
  /** Appends lines, and turns the file over at 5 MiB. A disk that can't be written to is nobody's failure. */
  readonly sink: LogSink;
  /** At most `count` lines of the file's end, oldest first. */
  last(count: number): string[];
  /** Tells each entry's text as it is written. Returns the function that ends it; without a follower it costs nothing. */
  follow(listener: (text: string) => void): () => void;
}

/** The lines at a file's end, the first one whole; none where there is no file. */
function linesAtEnd(file: string): string[] {
  let descriptor: number;
  try {
    descriptor = fs.openSync(file, 'r');
  } catch {
    return [];
  }
  try {
    const { size } = fs.fstatSync(descriptor);
    const start = Math.max(0, size - tailBytes);
    const bytes = Buffer.alloc(size - start);
    const read = fs.readSync(descriptor, bytes, 0, bytes.length, start);
    const lines = bytes.toString('utf8', 0, read).split('\n');
    if (start > 0) lines.shift();
    if (lines.at(-1) === '') lines.pop();
    return lines;
  } catch {
    return [];
  } finally {
    fs.closeSync(descriptor);
  }
}

export function createLogFile(dataDir: string): LogFile {
  const folder = path.join(dataDir, 'logs');
  const file = path.join(folder, 'sluice.log');
  const followers = new Set<(text: string) => void>();
  let size: number | null = null;

  function open(): number {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    return fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }

  return {
    path: file,
    sink(entry) {
      const text = formatLogLine(entry);
      const line = `${text}\n`;
      try {
        size ??= open();
        if (size + line.length > maxBytes) {
          fs.renameSync(file, `${file}.1`);
          size = 0;
        }
        fs.appendFileSync(file, line, { mode: 0o600 });
        size += Buffer.byteLength(line);
      } catch {
        size = null;
      }
      for (const follower of followers) follower(text);
    },
    last(count) {
      const lines = linesAtEnd(file);
      const older = lines.length < count ? linesAtEnd(`${file}.1`) : [];
      return [...older, ...lines].slice(-count);
    },
    follow(listener) {
      followers.add(listener);
      return () => void followers.delete(listener);
    },
  };
}
