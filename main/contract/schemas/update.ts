import { z } from 'zod';

/** A newer version that is offered. */
export const releaseSchema = z.object({
  version: z.string(),
  /** What is new, as plain text; empty where nobody wrote anything. */
  notes: z.string(),
  /** Bytes to load; null where it is not loaded from here. */
  size: z.number().nullable(),
});
export type Release = z.output<typeof releaseSchema>;

/**
 * What went wrong: `network` nobody answered; `insecure` an address was not https; `unsigned` or `forged` the signature of the
 * list of versions is missing or wrong; `unreadable` what is signed can't be read; `no-file` there is nothing for this machine;
 * `damaged` what was loaded is not what was announced; `install` the system refused it.
 */
export const updateTroubleSchema = z.enum([
  'network',
  'insecure',
  'unsigned',
  'forged',
  'unreadable',
  'no-file',
  'damaged',
  'install',
]);
export type UpdateTrouble = z.output<typeof updateTroubleSchema>;

export const updateStateSchema = z.discriminatedUnion('state', [
  /** `development`: not an installed program; `no-key`: built without a key to check with; `no-channel`: built without an address. */
  z.object({ state: z.literal('off'), reason: z.enum(['development', 'no-key', 'no-channel']) }),
  z.object({ state: z.literal('idle') }),
  z.object({ state: z.literal('checking') }),
  /** Nothing newer. Unix ms. */
  z.object({ state: z.literal('current'), checkedAt: z.number() }),
  z.object({ state: z.literal('failed'), trouble: updateTroubleSchema, checkedAt: z.number() }),
  /** `trouble` tells why the last attempt to load it failed. */
  z.object({
    state: z.literal('available'),
    release: releaseSchema,
    trouble: updateTroubleSchema.nullable(),
  }),
  /** `percent` 0 to 100. */
  z.object({ state: z.literal('loading'), release: releaseSchema, percent: z.number() }),
  /** It is put in place when the program ends. */
  z.object({ state: z.literal('ready'), release: releaseSchema }),
  /** Running answers get their time, then the new version starts. */
  z.object({ state: z.literal('restarting'), release: releaseSchema }),
]);
export type UpdateState = z.output<typeof updateStateSchema>;

export const updateViewSchema = z.object({
  /** What runs now. */
  version: z.string(),
  /** `itself` loads and installs; `page`: the person takes it from the download page. */
  way: z.enum(['itself', 'page']),
  /** Address of the download page; null where none is known. */
  page: z.string().nullable(),
  update: updateStateSchema,
});
export type UpdateView = z.output<typeof updateViewSchema>;
