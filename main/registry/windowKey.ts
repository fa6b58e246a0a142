import { limitsSchema } from '../contract/schemas/limits.ts';
import { windowKeyId } from '../contract/windowKey.ts';
import { deepFreeze } from './deepFreeze.ts';
import type { CompiledClientKey } from './snapshot.ts';

/** Whom the window's own requests are counted and recorded under. It stands in no snapshot and has no secret: nobody can come with it from outside. */
export const windowKey: CompiledClientKey = deepFreeze({
  id: windowKeyId,
  name: 'Sluice',
  credential: { state: 'none' },
  enabled: true,
  models: ['*'],
  limits: limitsSchema.parse({}),
  budgetUsdPerDay: null,
  expiresAt: null,
  previous: null,
});
