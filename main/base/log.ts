import type { Redactor } from './redact.ts';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LogEntry {
  /** Unix milliseconds. */
  time: number;
  level: LogLevel;
  message: string;
  /** Plain facts; never whole error objects or requests, which can hold credentials. */
  facts?: Record<string, string | number | boolean | null> | undefined;
}

/** Where log lines end up. Everything that reaches it has been redacted. */
export type LogSink = (entry: LogEntry) => void;

export interface Log {
  debug(message: string, facts?: LogEntry['facts']): void;
  info(message: string, facts?: LogEntry['facts']): void;
  warn(message: string, facts?: LogEntry['facts']): void;
  error(message: string, facts?: LogEntry['facts']): void;
}

/** The log every part is given: filters by level, redacts, hands on. */
export function createLog(options: {
  level: LogLevel;
  sink: LogSink;
  redactor: Redactor;
  now: () => number;
}): Log {
  const threshold = logLevels.indexOf(options.level);
  const write =
    (level: LogLevel) =>
    (message: string, facts?: LogEntry['facts']): void => {
      if (logLevels.indexOf(level) < threshold) return;
      const redacted = facts
        ? Object.fromEntries(
            Object.entries(facts).map(([key, value]) => [
              key,
              typeof value === 'string' ? options.redactor.redact(value) : value,
            ]),
          )
        : undefined;
      options.sink({
        time: options.now(),
        level,
        message: options.redactor.redact(message),
        facts: redacted,
      });
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** One line of text for an entry, as headless prints it and the log file holds it. */
export function formatLogLine(entry: LogEntry): string {
  const facts = entry.facts
    ? Object.entries(entry.facts)
        .map(
          ([key, value]) =>
            ` ${key}=${typeof value === 'string' && /\s/.test(value) ? JSON.stringify(value) : value}`,
        )
        .join('')
    : '';
  return `${new Date(entry.time).toISOString()} ${entry.level.toUpperCase().padEnd(5)} ${entry.message}${facts}`;
}
