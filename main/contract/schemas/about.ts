import { z } from 'zod';

/** What is running, and where it keeps its things. */
export const aboutSchema = z.object({
  version: z.string(),
  shell: z.enum(['desktop', 'headless']),
  /** e.g. `Linux 6.8 x64`. */
  system: z.string(),
  /** Versions of what it runs on: Node.js, and on the desktop Electron and Chromium. */
  runtimes: z.array(z.object({ name: z.string(), version: z.string() })),
  dataDir: z.string(),
  /** The log file; null where nothing is written. */
  logFile: z.string().nullable(),
  licence: z.string(),
  /** Whether `about.openFolder` can do what it says. */
  canOpenFolder: z.boolean(),
});
export type About = z.output<typeof aboutSchema>;
