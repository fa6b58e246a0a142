import { createLog, type Log, type LogEntry } from '../../../main/base/log.ts';
import { createRedactor, type Redactor } from '../../../main/base/redact.ts';

/** A real log whose lines can be read. */
export function testLog(): { log: Log; redactor: Redactor; entries: LogEntry[]; text: () => string } {
  const entries: LogEntry[] = [];
  const redactor = createRedactor();
  const log = createLog({ level: 'debug', sink: (entry) => entries.push(entry), redactor, now: Date.now });
  return { log, redactor, entries, text: () => JSON.stringify(entries) };
}
