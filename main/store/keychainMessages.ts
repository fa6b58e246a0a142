// What the gateway's process and the keychain's own process say to each other. Secrets travel over this pipe and nowhere else.
import { z } from 'zod';

export const keychainRequestSchema = z.object({
  id: z.number(),
  operation: z.enum(['get', 'set', 'delete']),
  service: z.string(),
  ref: z.string(),
  secret: z.string().nullable(),
});
export type KeychainRequest = z.output<typeof keychainRequestSchema>;

export const keychainAnswerSchema = z.discriminatedUnion('ok', [
  z.object({ id: z.number(), ok: z.literal(true), secret: z.string().nullable() }),
  /** `loaded`: false where the keychain's library itself is missing. */
  z.object({ id: z.number(), ok: z.literal(false), loaded: z.boolean(), message: z.string() }),
]);
export type KeychainAnswer = z.output<typeof keychainAnswerSchema>;
