import { z } from 'zod';
import { idSchema } from './endpoint.ts';
import { recordSchema } from './record.ts';

export const trialOperations = ['chat', 'responses', 'messages', 'gemini'] as const;
export const trialOperationSchema = z.enum(trialOperations);
/** The dialect a conversation is tried in. */
export type TrialOperation = z.output<typeof trialOperationSchema>;

/** More of an answer's bytes than this is not handed to the window. */
export const trialBodyBytes = 256 * 1024;

export const trialInputSchema = z.object({
  operation: trialOperationSchema.default('chat'),
  /** As a client would send it. For `gemini`, what a client writes into the path stands in it too: `model`, and `stream: true`. */
  body: z.record(z.string(), z.unknown()),
  /** Null: routed as any request. Else no other endpoint is asked. */
  endpointId: idSchema.nullable().default(null),
});
export type TrialInput = z.output<typeof trialInputSchema>;

/** What happens while a request of the window is served: `started` first unless it can't be read; `done` or `failed` last. */
export const trialEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), recordId: z.string() }),
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('reasoning'), text: z.string() }),
  /** `arguments`: JSON text, whole. */
  z.object({ type: z.literal('toolCall'), name: z.string(), arguments: z.string() }),
  /** `body`: the answer's bytes as a client would have got them, at most `trialBodyBytes`. */
  z.object({ type: z.literal('done'), record: recordSchema, body: z.string() }),
  /** `status` as a client would have got it; 200 where the answer broke off on its way. `record` null: it could not be read as a request. */
  z.object({
    type: z.literal('failed'),
    status: z.number(),
    message: z.string(),
    record: recordSchema.nullable(),
  }),
]);
export type TrialEvent = z.output<typeof trialEventSchema>;
