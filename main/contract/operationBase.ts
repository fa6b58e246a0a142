import { oc } from '@orpc/contract';
import { z } from 'zod';
import { idSchema } from './schemas/endpoint.ts';

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

/** `undo` puts it back, whole and with its secrets, for two minutes. */
export const removed = z.object({ ok: z.literal(true), undo: z.string() });

export const byId = z.object({ id: idSchema });

/** As clients or endpoints write it; in mappings also `prefix*`. */
export const modelName = z.string().min(1).max(300);
