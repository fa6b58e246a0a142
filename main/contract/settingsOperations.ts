// Single settings, and where secrets are kept.
import { z } from 'zod';
import { base, done } from './operationBase.ts';
import { patchOf } from './patchOf.ts';
import { proxyTestSchema } from './schemas/proxyTest.ts';
import {
  plainNetworkSchema,
  routingSchema,
  serverSchema,
  timeoutsSchema,
  uiSchema,
  usageSettingsSchema,
} from './schemas/settings.ts';
import { gatewayStatusSchema, settingsViewSchema } from './schemas/views.ts';

export const settingsOperations = {
  settings: {
    get: base.route({ method: 'GET', path: '/settings' }).output(settingsViewSchema),
    /** Field by field within each section; lists and tables that are given replace the old ones whole. */
    update: base
      .route({ method: 'PATCH', path: '/settings' })
      .input(
        z.object({
          server: patchOf(serverSchema).optional(),
          network: patchOf(plainNetworkSchema).optional(),
          routing: patchOf(routingSchema).optional(),
          timeouts: patchOf(timeoutsSchema).optional(),
          usage: patchOf(usageSettingsSchema).optional(),
          ui: patchOf(uiSchema).optional(),
        }),
      )
      .output(settingsViewSchema),
    /** Answers "allow this site?": allowed origins go into the settings, refused ones are not asked about again until restart. */
    decideOrigin: base
      .route({ method: 'POST', path: '/settings/origins' })
      .input(z.object({ origin: z.string().max(300), allow: z.boolean() }))
      .output(done),
    /** Sends one request without a credential the way the given `network.proxy` says, saved or not. */
    testProxy: base
      .route({ method: 'POST', path: '/settings/proxy/test' })
      .input(plainNetworkSchema.pick({ proxy: true }))
      .output(proxyTestSchema),
  },
  vault: {
    /** Opens (or, the first time, makes) the encrypted file vault and moves secrets held only in memory into it. */
    openFile: base
      .route({ method: 'POST', path: '/vault/file' })
      .input(z.object({ passphrase: z.string().min(8).max(1024) }))
      .output(gatewayStatusSchema),
    /** Asks the keychain again, e.g. after the user unlocked it. */
    retry: base.route({ method: 'POST', path: '/vault/retry' }).output(gatewayStatusSchema),
    /** Seals the file vault with another passphrase. INVALID where the current one is wrong. */
    changePassphrase: base
      .route({ method: 'POST', path: '/vault/passphrase' })
      .input(z.object({ current: z.string().min(1).max(1024), next: z.string().min(8).max(1024) }))
      .output(gatewayStatusSchema),
    /** Moves every secret from the file or from memory into the keychain, and deletes the file. UNAVAILABLE where there is none. */
    useKeychain: base.route({ method: 'POST', path: '/vault/keychain' }).output(gatewayStatusSchema),
  },
};
