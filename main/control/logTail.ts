// The log as a window follows it: its end, then what is added, gathered so that a busy minute is no flood. It holds nothing while nobody looks.
import { createPushStream } from '../base/pushStream.ts';
import type { LogLine, LogTail } from '../contract/schemas/log.ts';
import type { LogFile } from '../store/logFile.ts';

const firstLines = 1000;
const gatherMs = 200;
/** More than this that a reader has not taken, and the oldest are left out. */
const mostWaiting = 2000;

/** `2026-11-21T17:04:20.000Z WARN  text`; a line that is not so goes on with the entry before it. */
const shape = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) (DEBUG|INFO|WARN|ERROR) +(.*)$/;

/** Reads lines in their order: what belongs to an entry takes its level. */
export function createLineReader(): (text: string) => LogLine[] {
  let number = 0;
  let level: LogLine['level'] = 'info';
  return (text) =>
    text.split('\n').map((line) => {
      const [, time, named, rest] = shape.exec(line) ?? [];
      if (named) level = named.toLowerCase() as LogLine['level'];
      number += 1;
      return { number, time: time ? Date.parse(time) : null, level, text: rest ?? line };
    });
}

/** Adds lines to those that wait, in place; the oldest beyond the bound are counted as missed. */
function gather(waiting: LogTail[], next: LogTail): void {
  const before = waiting.pop();
  const lines = before ? [...before.lines, ...next.lines] : next.lines;
  const over = Math.max(0, lines.length - mostWaiting);
  waiting.push({ lines: lines.slice(over), missed: (before?.missed ?? 0) + next.missed + over });
}

/** Ends with its reader or the signal, never by itself. Without a file it stays silent. */
export function tailLog(
  file: LogFile | undefined,
  signal?: AbortSignal,
): AsyncGenerator<LogTail, void, void> {
  return createPushStream<LogTail>(
    ({ push }) => {
      const read = createLineReader();
      push({ lines: (file?.last(firstLines) ?? []).flatMap(read), missed: 0 });
      const gathered: LogTail[] = [];
      let timer: NodeJS.Timeout | null = null;
      const stop = file?.follow((text) => {
        gather(gathered, { lines: read(text), missed: 0 });
        timer ??= setTimeout(() => {
          timer = null;
          for (const tail of gathered.splice(0)) push(tail);
        }, gatherMs).unref();
      });
      return () => {
        stop?.();
        if (timer) clearTimeout(timer);
      };
    },
    { signal, add: gather },
  );
}
