import { z } from 'zod';

export const proxyTestSchema = z.object({
  ok: z.boolean(),
  /** What was asked for, e.g. `https://api.openai.com`. */
  target: z.string(),
  /** The proxy in use, its password concealed; null where the request went straight. */
  via: z.string().nullable(),
  ms: z.number(),
  /** Why it failed; null where it did not. */
  reason: z.string().nullable(),
});
