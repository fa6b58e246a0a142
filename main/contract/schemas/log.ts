import { z } from 'zod';

export const logLevelSchema = z.enum(['debug', 'info', 'warn', 'error']);

/** A line of the log as its file holds it: every secret masked. */
export const logLineSchema = z.object({
  /** Counts up, so that lines of one reading can be told apart. */
  number: z.number(),
  /** Unix ms; null where the line does not say. */
  time: z.number().nullable(),
  level: logLevelSchema,
  /** What follows time and level. */
  text: z.string(),
});
export type LogLine = z.output<typeof logLineSchema>;

/** First the end of the file, then what is added to it. */
export const logTailSchema = z.object({
  lines: z.array(logLineSchema),
  /** Lines left out because the reader was too slow. */
  missed: z.number(),
});
export type LogTail = z.output<typeof logTailSchema>;
