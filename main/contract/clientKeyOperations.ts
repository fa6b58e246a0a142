import { z } from 'zod';
import { base, byId, done, modelName, removed } from './operationBase.ts';
import { patchOf } from './patchOf.ts';
import { clientKeySchema, graceMinutesSchema } from './schemas/clientKey.ts';
import { limitOverridesSchema } from './schemas/limits.ts';
import { clientKeyTestSchema, clientKeyViewSchema } from './schemas/views.ts';

const clientKeyInput = clientKeySchema.omit({ id: true, secret: true, unseen: true, previous: true });

const clientKeyPatch = patchOf(clientKeyInput.extend({ limits: limitOverridesSchema }));

/** A new or changed client key together with its secret: the only time it is shown. */
const issuedKey = z.object({ key: clientKeyViewSchema, secret: z.string() });

export const clientKeyOperations = {
  clientKeys: {
    list: base.route({ method: 'GET', path: '/client-keys' }).output(z.array(clientKeyViewSchema)),
    create: base.route({ method: 'POST', path: '/client-keys' }).input(clientKeyInput).output(issuedKey),
    update: base
      .route({ method: 'PATCH', path: '/client-keys/{id}' })
      .input(byId.extend({ patch: clientKeyPatch }))
      .output(clientKeyViewSchema),
    remove: base.route({ method: 'DELETE', path: '/client-keys/{id}' }).input(byId).output(removed),
    /** A new secret. The present one works for `graceMinutes` more; one that was replaced before it ends at once. */
    rotate: base
      .route({ method: 'POST', path: '/client-keys/{id}/rotate' })
      .input(byId.extend({ graceMinutes: graceMinutesSchema }))
      .output(issuedKey),
    /** Ends a replaced secret that still works, before its time. */
    endPrevious: base
      .route({ method: 'POST', path: '/client-keys/{id}/end-previous' })
      .input(byId)
      .output(clientKeyViewSchema),
    /** The secret of a key the gateway generated and nobody has seen yet. Answers once; CONFLICT afterwards. */
    claim: base.route({ method: 'POST', path: '/client-keys/{id}/claim' }).input(byId).output(issuedKey),
    /** Desktop only: puts the key on the system's clipboard without showing it to the window. */
    copy: base.route({ method: 'POST', path: '/client-keys/{id}/copy' }).input(byId).output(done),
    /** Sends one small chat request with the key, over HTTP and through the gateway's own port. UNAVAILABLE while it is off. */
    test: base
      .route({ method: 'POST', path: '/client-keys/{id}/test' })
      .input(byId.extend({ model: modelName }))
      .output(clientKeyTestSchema),
  },
};
