import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { liveEventSchema, trafficSecondSchema } from './events.ts';
import { base, done } from './operationBase.ts';
import { recordBodiesSchema } from './schemas/bodies.ts';
import { checkEventSchema, checkReportSchema } from './schemas/check.ts';
import { clientKeySchema, graceMinutesSchema } from './schemas/clientKey.ts';
import {
  accountSchema,
  endpointSchema,
  idSchema,
  plainHeadersSchema,
  plainProxySchema,
} from './schemas/endpoint.ts';
import { checkOptions } from './schemas/endpointOptions.ts';
import { limitOverridesSchema } from './schemas/limits.ts';
import { modelPreviewSchema, modelViewSchema } from './schemas/models.ts';
import { portMoveSchema } from './schemas/portMove.ts';
import { proxyTestSchema } from './schemas/proxyTest.ts';
import { recordFilterSchema, recordPageSchema, recordSchema } from './schemas/record.ts';
import {
  plainNetworkSchema,
  routingSchema,
  serverSchema,
  timeoutsSchema,
  uiSchema,
  usageSettingsSchema,
} from './schemas/settings.ts';
import { spendingInputSchema } from './schemas/spending.ts';
import { trialEventSchema, trialInputSchema } from './schemas/trial.ts';
import {
  heatMapSchema,
  seriesViewSchema,
  spanSchema,
  usageFactsSchema,
  usageSummarySchema,
} from './schemas/usage.ts';
import {
  accountViewSchema,
  clientKeyTestSchema,
  clientKeyViewSchema,
  endpointViewSchema,
  gatewayStatusSchema,
  presetSchema,
  settingsViewSchema,
} from './schemas/views.ts';
import { upkeepOperations } from './upkeepOperations.ts';

const byId = z.object({ id: idSchema });
const byAccount = z.object({ id: idSchema, accountId: idSchema });
/** `undo` puts it back, whole and with its secrets, for two minutes. */
const removed = z.object({ ok: z.literal(true), undo: z.string() });

/** A secret typed into a form. It travels in only. */
const secretInput = z.string().min(1).max(8192);

/** As clients or endpoints write it; in mappings also `prefix*`. */
const modelName = z.string().min(1).max(300);

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

/** No defaults here: what is absent stays as it is. */
function patchOf<T extends z.core.$ZodLooseShape>(schema: z.ZodObject<T>) {
  const shape = Object.fromEntries(
    Object.entries(schema.shape).map(([key, field]) => {
      let inner = field as z.ZodType;
      while (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault)
        inner = inner.unwrap() as z.ZodType;
      return [key, inner.optional()];
    }),
  );
  return z.object(shape) as unknown as z.ZodType<
    Partial<z.output<z.ZodObject<T>>>,
    Partial<z.input<z.ZodObject<T>>>
  >;
}

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

const clientKeyInput = clientKeySchema.omit({ id: true, secret: true, unseen: true, previous: true });

const clientKeyPatch = patchOf(clientKeyInput.extend({ limits: limitOverridesSchema }));

/** Inputs as the handlers receive them, parsed. */
export type EndpointInput = z.output<typeof endpointInput>;
export type EndpointPatch = z.output<typeof endpointPatch>;
export type EndpointEdit = z.output<typeof asIfSaved>;
export type AccountInput = z.output<typeof accountInput>;

/** A new or changed client key together with its secret: the only time it is shown. */
const issuedKey = z.object({ key: clientKeyViewSchema, secret: z.string() });

/**
 * Everything a window can ask for. The same router answers over a MessagePort and over HTTP below `/control`.
 * Paths of nested input fields follow OpenAPI: `{id}` from the path, the rest from the JSON body or query.
 */
export const contract = {
  gateway: {
    status: base.route({ method: 'GET', path: '/gateway' }).output(gatewayStatusSchema),
    start: base.route({ method: 'POST', path: '/gateway/start' }).output(gatewayStatusSchema),
    stop: base.route({ method: 'POST', path: '/gateway/stop' }).output(gatewayStatusSchema),
    /** Goes into a spending mode, or back to normal. A mode with an end ends by itself. */
    setSpending: base
      .route({ method: 'POST', path: '/gateway/spending' })
      .input(spendingInputSchema)
      .output(gatewayStatusSchema),
    /** Moves to another port for good, e.g. where the present one is taken. UNAVAILABLE where a flag or the environment names the port. */
    moveToPort: base
      .route({ method: 'POST', path: '/gateway/port' })
      .input(z.object({ port: z.number().int().min(1).max(65_535) }))
      .output(portMoveSchema),
  },
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
  removed: {
    /** Puts back what a `remove` took out. NOT_FOUND when it is too late, CONFLICT where its place is taken. */
    restore: base
      .route({ method: 'POST', path: '/removed/{undo}/restore' })
      .input(z.object({ undo: z.string().max(64) }))
      .output(done),
  },
  models: {
    list: base.route({ method: 'GET', path: '/models' }).output(z.array(modelViewSchema)),
    /** Where a request for the name would go if it came now, and why not elsewhere. Takes nothing. */
    preview: base
      .route({ method: 'GET', path: '/models/preview' })
      .input(z.object({ model: modelName }))
      .output(modelPreviewSchema),
    /** Sets names of an endpoint's mapping, or takes them out (null). Names not given stay as they are. */
    map: base
      .route({ method: 'POST', path: '/models/map' })
      .input(z.object({ endpointId: idSchema, names: z.record(modelName, modelName.nullable()) }))
      .output(endpointViewSchema),
  },
  records: {
    list: base.route({ method: 'GET', path: '/records' }).input(recordFilterSchema).output(recordPageSchema),
    get: base
      .route({ method: 'GET', path: '/records/{id}' })
      .input(z.object({ id: z.string() }))
      .output(recordSchema),
    /** What was sent and answered, where `usage.recordBodies` was on; null where it was not kept, or no longer is. */
    body: base
      .route({ method: 'GET', path: '/records/{id}/body' })
      .input(z.object({ id: z.string() }))
      .output(recordBodiesSchema.nullable()),
  },
  requests: {
    /** Sends a request through the gateway as a client would, and tells its answer as it comes. Leaving the stream cancels it. */
    try: base
      .route({ method: 'POST', path: '/requests/try' })
      .input(trialInputSchema)
      .output(eventIterator(trialEventSchema)),
  },
  usage: {
    summary: base
      .route({ method: 'GET', path: '/usage/summary' })
      .input(z.object({ span: spanSchema }))
      .output(usageSummarySchema),
    series: base
      .route({ method: 'GET', path: '/usage/series' })
      .input(z.object({ span: spanSchema }))
      .output(seriesViewSchema),
    /** Hours of the day by days. */
    heatMap: base.route({ method: 'GET', path: '/usage/heat-map' }).output(heatMapSchema),
    /** How much room the records take. */
    store: base.route({ method: 'GET', path: '/usage/store' }).output(usageFactsSchema),
    /** Deletes every record and every sum. What limits count today stays. */
    clear: base.route({ method: 'DELETE', path: '/usage/records' }).output(usageFactsSchema),
    /** The last 60 whole seconds, oldest first; `traffic` events continue them. */
    live: base.route({ method: 'GET', path: '/usage/live' }).output(z.array(trafficSecondSchema)),
  },
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
  ...upkeepOperations,
  live: {
    events: base.route({ method: 'GET', path: '/events' }).output(eventIterator(liveEventSchema)),
  },
};

export type Contract = typeof contract;
