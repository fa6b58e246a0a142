import type { LogLine } from '../../../main/contract/schemas/log.ts';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = LogLine['level'];

/** As many lines as the window holds. */
const mostLines = 5000;

/** The newest lines, old ones given up beyond the bound. */
export function addLines(held: readonly LogLine[], next: readonly LogLine[]): LogLine[] {
  return [...held, ...next].slice(-mostLines);
}

/** Lines of the level or above that hold the text. */
export function filterLines(lines: readonly LogLine[], level: LogLevel, text: string): LogLine[] {
  const least = logLevels.indexOf(level);
  const wanted = text.trim().toLowerCase();
  return lines.filter(
    (line) =>
      logLevels.indexOf(line.level) >= least && (wanted === '' || line.text.toLowerCase().includes(wanted)),
  );
}

/** As the file has them, for the clipboard. */
export function linesText(lines: readonly LogLine[]): string {
  return lines
    .map(({ time, level, text }) =>
      time === null ? text : `${new Date(time).toISOString()} ${level.toUpperCase().padEnd(5)} ${text}`,
    )
    .join('\n');
}
