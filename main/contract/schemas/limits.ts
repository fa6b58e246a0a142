import { z } from 'zod';

const limit = z.number().int().min(-1);

/** What one account or client key may use. `-1` no limit, `0` off, N > 0 the limit. rpm and tpm are sliding minutes, rpd and tpd calendar days. */
export const limitsSchema = z.looseObject({
  rpm: limit.default(-1),
  rpd: limit.default(-1),
  tpm: limit.default(-1),
  tpd: limit.default(-1),
  concurrent: limit.default(-1),
});

/** An account's own limits: whatever is absent is inherited from its endpoint. */
export const limitOverridesSchema = z.looseObject({
  rpm: limit.optional(),
  rpd: limit.optional(),
  tpm: limit.optional(),
  tpd: limit.optional(),
  concurrent: limit.optional(),
});

export type Limits = z.output<typeof limitsSchema>;
export type LimitOverrides = z.output<typeof limitOverridesSchema>;

/** How much of each limit is used up now. */
export const limitUsageSchema = z.object({
  rpm: z.number(),
  rpd: z.number(),
  tpm: z.number(),
  tpd: z.number(),
  concurrent: z.number(),
});
export type LimitUsage = z.output<typeof limitUsageSchema>;
