// What can be asked of endpoints and their accounts, and the inputs that describe them.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { base, byId, removed } from './operationBase.ts';
import { patchOf } from './patchOf.ts';
import { checkEventSchema, checkReportSchema } from './schemas/check.ts';
import {
  accountSchema,
  endpointSchema,
  idSchema,
  plainHeadersSchema,
  plainProxySchema,
} from './schemas/endpoint.ts';
import { checkOptions } from './schemas/endpointOptions.ts';
import { limitOverridesSchema } from './schemas/limits.ts';
import { accountViewSchema, endpointViewSchema, presetSchema } from './schemas/views.ts';

const byAccount = z.object({ id: idSchema, accountId: idSchema });

/** A secret typed into a form. It travels in only. */
const secretInput = z.string().min(1).max(8192);

const accountFields = accountSchema.pick({
  name: true,
  email: true,
  enabled: true,
  weight: true,
  limits: true,
});

const accountInput = accountFields.partial().extend({ secret: secretInput.optional() });

/** References are for settings.json alone: a window that could write one would send any secret anywhere. */
const typedFields = {
  headers: plainHeadersSchema.default({}),
  proxy: plainProxySchema('direct').nullable().default(null),
};

const endpointInput = endpointSchema
  .omit({ id: true, accounts: true })
  .extend({
    id: idSchema.optional(),
    accounts: z.array(accountInput).default([]),
    ...typedFields,
  })
  .superRefine(checkOptions);

/** In a patch, limits change one by one: those not named stay. */
const endpointPatch = patchOf(
  endpointSchema.omit({ id: true, accounts: true }).extend({ limits: limitOverridesSchema, ...typedFields }),
);

/** Given `limits` replace the account's own ones whole: what is not in them is inherited again. */
const accountPatch = patchOf(accountFields.extend({ secret: secretInput }));

/** `secrets` brings new ones along, by account id. */
const endpointEdit = z.object({ patch: endpointPatch, secrets: z.record(idSchema, secretInput).optional() });
const asIfSaved = endpointEdit.partial();
const checkInput = byAccount.partial({ accountId: true }).extend({ model: z.string().optional() });

/** Inputs as the handlers receive them, parsed. */
export type EndpointInput = z.output<typeof endpointInput>;
export type EndpointPatch = z.output<typeof endpointPatch>;
export type EndpointEdit = z.output<typeof asIfSaved>;
export type AccountInput = z.output<typeof accountInput>;

export const endpointOperations = {
  endpoints: {
    list: base.route({ method: 'GET', path: '/endpoints' }).output(z.array(endpointViewSchema)),
    presets: base.route({ method: 'GET', path: '/endpoints/presets' }).output(z.array(presetSchema)),
    create: base
      .route({ method: 'POST', path: '/endpoints' })
      .input(endpointInput)
      .output(endpointViewSchema),
    /** Adds the built-in endpoint that answers without any network. */
    createDemo: base.route({ method: 'POST', path: '/endpoints/demo' }).output(endpointViewSchema),
    /**
     * A new base URL of another origin drops the stored keys, but for those in `secrets`: a key belongs to one origin.
     */
    update: base
      .route({ method: 'PATCH', path: '/endpoints/{id}' })
      .input(byId.extend(endpointEdit.shape))
      .output(endpointViewSchema),
    remove: base.route({ method: 'DELETE', path: '/endpoints/{id}' }).input(byId).output(removed),
    /** Sets priorities 0, 1, 2 … in the order given; those in `shared` get the number of the one before them. */
    reorder: base
      .route({ method: 'POST', path: '/endpoints/order' })
      .input(z.object({ ids: z.array(idSchema), shared: z.array(idSchema).default([]) }))
      .output(z.array(endpointViewSchema)),
    /**
     * Tries a saved endpoint: the way there, credential, model list, one tiny completion and stream. With `patch` and `secrets`
     * as if they were saved: the stored keys go to no other origin.
     */
    check: base
      .route({ method: 'POST', path: '/endpoints/{id}/check' })
      .input(checkInput.extend(asIfSaved.shape))
      .output(checkReportSchema),
    /** The same for what stands in a form and is not saved. */
    checkDraft: base
      .route({ method: 'POST', path: '/endpoints/check' })
      .input(endpointInput)
      .output(checkReportSchema),
    /** As `check`, but each step is told as it happens; `all` tries every account that is on. Leaving ends it. */
    diagnose: base
      .route({ method: 'POST', path: '/endpoints/{id}/diagnose' })
      .input(checkInput.extend({ ...asIfSaved.shape, all: z.boolean().optional() }))
      .output(eventIterator(checkEventSchema)),
    diagnoseDraft: base
      .route({ method: 'POST', path: '/endpoints/diagnose' })
      .input(endpointInput)
      .output(eventIterator(checkEventSchema)),
    /** Asks the endpoint's own model list and remembers the answer. */
    fetchModels: base
      .route({ method: 'POST', path: '/endpoints/{id}/models' })
      .input(byId)
      .output(z.object({ models: z.array(z.string()) })),
  },
  accounts: {
    add: base
      .route({ method: 'POST', path: '/endpoints/{id}/accounts' })
      .input(z.object({ id: idSchema, account: accountInput }))
      .output(accountViewSchema),
    update: base
      .route({ method: 'PATCH', path: '/endpoints/{id}/accounts/{accountId}' })
      .input(byAccount.extend({ patch: accountPatch }))
      .output(accountViewSchema),
    remove: base
      .route({ method: 'DELETE', path: '/endpoints/{id}/accounts/{accountId}' })
      .input(byAccount)
      .output(removed),
    /** Forgets cooldowns, open circuits and refusals of the account, so that it is tried again. */
    clear: base
      .route({ method: 'POST', path: '/endpoints/{id}/accounts/{accountId}/clear' })
      .input(byAccount)
      .output(accountViewSchema),
  },
};
