import { z } from 'zod';

/** An endpoint that a link would add, or add to. */
export const linkEndpointSchema = z.object({
  /** Names it among the others. */
  key: z.string(),
  name: z.string(),
  kind: z.string(),
  /** Whole, in its normal form. */
  baseUrl: z.string(),
  /** The part of `baseUrl` that says who answers, with the port where one is named. */
  host: z.string(),
  /** Plain http to another machine: whoever is on the way reads along. */
  readable: z.boolean(),
  /** The last four characters of each key, e.g. `••4f2a`. */
  keys: z.array(z.string()),
  models: z.array(z.string()),
  /** Client name -> upstream name. */
  mapping: z.array(z.tuple([z.string(), z.string()])),
  /** The endpoint of the same address that is there already; null where there is none. */
  existing: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** What it would bring there. All 0: everything is there already. */
  brings: z.object({ accounts: z.number(), models: z.number(), mappings: z.number() }),
});
export type LinkEndpoint = z.output<typeof linkEndpointSchema>;

/** Why a link is not followed; nothing of it is kept. */
export const linkRefusalSchema = z.enum(['too-long', 'unknown-action', 'unreadable', 'not-allowed']);
export type LinkRefusal = z.output<typeof linkRefusalSchema>;

/** A `sluice://` link that waits for a person's word. No secret is in it. */
export const linkViewSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('asks'),
    id: z.string(),
    endpoints: z.array(linkEndpointSchema),
    /** Links that came after it. */
    behind: z.number(),
  }),
  z.object({
    state: z.literal('refused'),
    id: z.string(),
    reason: linkRefusalSchema,
    /** The part that is wrong, e.g. `endpoints.0.baseUrl`; never its value. */
    part: z.string().nullable(),
    behind: z.number(),
  }),
]);
export type LinkView = z.output<typeof linkViewSchema>;
