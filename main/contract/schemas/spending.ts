import { z } from 'zod';
import { idSchema } from './endpoint.ts';

/**
 * What requests may be spent on. `normal` every endpoint; `free` those marked as costing nothing; `endpoint` one alone, up to a
 * time; `paused` none at all, up to a time or until somebody resumes. `until` is Unix ms.
 */
export const spendingModeSchema = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('normal') }),
  z.object({ mode: z.literal('free') }),
  z.object({ mode: z.literal('endpoint'), endpointId: idSchema, until: z.number() }),
  z.object({ mode: z.literal('paused'), until: z.number().nullable() }),
]);
export type SpendingMode = z.output<typeof spendingModeSchema>;

const minutesSchema = z.number().int().min(1).max(1_440);

/** A mode to go into: how long it lasts instead of when it ends. Paused without `minutes` lasts until it is changed. */
export const spendingInputSchema = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('normal') }),
  z.object({ mode: z.literal('free') }),
  z.object({ mode: z.literal('endpoint'), endpointId: idSchema, minutes: minutesSchema.default(60) }),
  z.object({ mode: z.literal('paused'), minutes: minutesSchema.optional() }),
]);
export type SpendingInput = z.output<typeof spendingInputSchema>;
