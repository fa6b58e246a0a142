// The log on disk: `<data-dir>/logs/sluice.log` and one older file, so that it never grows without end.
import fs from 'node:fs';
import path from 'node:path';
import { formatLogLine, type LogSink } from '../base/log.ts';

const maxBytes = 5 * 1024 * 1024;

/** A sink that appends lines, and turns the file over at 5 MiB. A disk that can't be written to is nobody's failure. */
export function createLogFile(dataDir: string): LogSink {
  const folder = path.join(dataDir, 'logs');
  const file = path.join(folder, 'sluice.log');
  let size: number | null = null;

  function open(): number {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    return fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }

  return (entry) => {
    const line = `${formatLogLine(entry)}\n`;
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
  };
}
