// Operations of the settings page beyond single settings: files in and out, the log, what runs here.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { base, done } from './operationBase.ts';
import { aboutSchema } from './schemas/about.ts';
import { logTailSchema } from './schemas/log.ts';
import {
  exportedSchema,
  importApplySchema,
  importInputSchema,
  importPlanSchema,
  importResultSchema,
} from './schemas/transfer.ts';

export const upkeepOperations = {
  transfer: {
    /** The settings as a file: without any secret, or with all of them sealed by a passphrase. */
    export: base
      .route({ method: 'POST', path: '/transfer/export' })
      .input(z.object({ passphrase: z.string().min(8).max(1024).optional() }))
      .output(exportedSchema),
    /** What a file of ours, or of another program, would add and change. Changes nothing. INVALID where it can't be read. */
    plan: base
      .route({ method: 'POST', path: '/transfer/plan' })
      .input(importInputSchema)
      .output(importPlanSchema),
    /** Takes the file over as one change. */
    apply: base
      .route({ method: 'POST', path: '/transfer/apply' })
      .input(importApplySchema)
      .output(importResultSchema),
    /** Takes the last import back. CONFLICT where something else was changed since, NOT_FOUND where there was none. */
    undo: base.route({ method: 'POST', path: '/transfer/undo' }).output(done),
  },
  logs: {
    /** The last lines, then each new one. The stream does not end by itself. */
    tail: base.route({ method: 'GET', path: '/logs/tail' }).output(eventIterator(logTailSchema)),
  },
  about: {
    get: base.route({ method: 'GET', path: '/about' }).output(aboutSchema),
    /** Version, system, settings without secrets, problems and the end of the log, for a bug report. */
    diagnosis: base.route({ method: 'GET', path: '/about/diagnosis' }).output(z.object({ text: z.string() })),
    /** Desktop only: shows the folder of data or logs in the system's file manager. */
    openFolder: base
      .route({ method: 'POST', path: '/about/folder' })
      .input(z.object({ folder: z.enum(['data', 'logs']) }))
      .output(done),
  },
};
