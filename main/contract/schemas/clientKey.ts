import { z } from 'zod';
import { idSchema } from './endpoint.ts';
import { limitsSchema } from './limits.ts';
import { secretSchema } from './secret.ts';

export const clientKeySchema = z.looseObject({
  id: idSchema,
  name: z.string().default(''),
  secret: secretSchema,
  enabled: z.boolean().default(true),
  /** Client model names or `prefix*` patterns this key may ask for. */
  models: z.array(z.string().min(1)).default(['*']),
  limits: limitsSchema.prefault({}),
  budgetUsdPerDay: z.number().min(0).nullable().default(null),
  expiresAt: z.iso.datetime({ offset: true }).nullable().default(null),
});
export type ClientKey = z.output<typeof clientKeySchema>;
