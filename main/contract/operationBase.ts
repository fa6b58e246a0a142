import { oc } from '@orpc/contract';
import { z } from 'zod';

/** Errors every operation may answer with; `data.issues` names the wrong fields. */
export const base = oc.errors({
  INVALID: {
    status: 422,
    data: z.object({ issues: z.array(z.object({ path: z.string(), message: z.string() })) }),
  },
  NOT_FOUND: { status: 404 },
  CONFLICT: { status: 409 },
  VAULT_LOCKED: { status: 423 },
  UNAVAILABLE: { status: 503 },
});

export const done = z.object({ ok: z.literal(true) });
