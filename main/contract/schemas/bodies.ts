import { z } from 'zod';

/** A body as it was sent, but that secrets are masked and images and other base64 shortened to their type and size. */
export const keptBodySchema = z.object({
  /** Null where it was no text (speech, images, uploads). */
  text: z.string().nullable(),
  /** `application/json`, `text/event-stream` … */
  mediaType: z.string(),
  /** How many bytes were sent; 0 where nobody counted. */
  bytes: z.number(),
  /** `text` is only its beginning. */
  isCut: z.boolean(),
});
export type KeptBody = z.output<typeof keptBodySchema>;

/** What the client sent and what it got. */
export const recordBodiesSchema = z.object({ request: keptBodySchema, answer: keptBodySchema.nullable() });
export type RecordBodies = z.output<typeof recordBodiesSchema>;
