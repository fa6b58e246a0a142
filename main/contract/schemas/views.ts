import { z } from 'zod';
import { clientKeySchema } from './clientKey.ts';
import { accountSchema, endpointSchema, plainHeadersSchema, plainProxySchema } from './endpoint.ts';
import { limitsSchema, limitUsageSchema } from './limits.ts';
import { secretViewSchema } from './secret.ts';
import { plainNetworkSchema, settingsSchema } from './settings.ts';
import { spendingModeSchema } from './spending.ts';

/**
 * `ready` usable; `cooling` waits for a Retry-After or back-off; `open` its circuit is open (`half-open` probes next);
 * `limited` its own limit is reached; `refused` the provider refused the credential; `exhausted` out of credit;
 * `locked`/`missing` its secret can't be read; `off` switched off.
 */
export const accountStateSchema = z.enum([
  'ready',
  'cooling',
  'open',
  'limited',
  'refused',
  'exhausted',
  'locked',
  'missing',
  'off',
]);
export type AccountState = z.output<typeof accountStateSchema>;

/** A model for which an otherwise usable account is held back. */
export const modelHoldSchema = z.object({
  model: z.string(),
  state: z.enum(['cooling', 'open', 'missing']),
  until: z.number().nullable(),
  reason: z.string(),
});

export const accountViewSchema = accountSchema.omit({ secret: true }).extend({
  secret: secretViewSchema,
  /** The limits in force: its own, else the endpoint's. */
  effectiveLimits: limitsSchema,
  usage: limitUsageSchema,
  state: accountStateSchema,
  /** Unix ms when the state ends by itself, where known. */
  until: z.number().nullable(),
  /** In the upstream's words where it said something. */
  reason: z.string().nullable(),
  holds: z.array(modelHoldSchema),
  inFlight: z.number(),
});
export type AccountView = z.output<typeof accountViewSchema>;

/** A name that clients may ask for and the endpoint can't serve now, by its own list or by its own words. */
export const inactiveNameSchema = z.object({
  name: z.string(),
  upstreamModel: z.string(),
  /** In the upstream's words where it said something. */
  reason: z.string().nullable(),
});

export const endpointViewSchema = endpointSchema.omit({ accounts: true }).extend({
  accounts: z.array(accountViewSchema),
  /** Credentials in headers, proxy and options are shown as masks. */
  headers: plainHeadersSchema,
  proxy: plainProxySchema('direct').nullable(),
  /** Health of the whole endpoint: `ready` every account usable, `partial` some, `down` none, `off` switched off. */
  health: z.enum(['ready', 'partial', 'down', 'off']),
  /** The names of `models`, or what the endpoint's own list held when last asked, without what `models` leaves out. */
  servedModels: z.array(z.string()),
  modelsFrom: z.enum(['settings', 'upstream', 'unknown']),
  inactive: z.array(inactiveNameSchema),
  /** The calendar day that daily limits count in, Unix ms: they begin anew at its end. */
  quotaDay: z.object({ startsAt: z.number(), endsAt: z.number() }),
  isDemo: z.boolean(),
});
export type EndpointView = z.output<typeof endpointViewSchema>;

/** What one user agent did with a client key. */
export const agentUseSchema = z.object({
  userAgent: z.string(),
  /** Unix ms; null where it came before anybody noted it. */
  firstUsedAt: z.number().nullable(),
  lastUsedAt: z.number(),
  /** Since midnight in `quotaTimeZone`. */
  requestsToday: z.number(),
});
export type AgentUse = z.output<typeof agentUseSchema>;

/** A replaced secret that still works. */
export const previousSecretViewSchema = z.object({
  secret: secretViewSchema,
  /** Unix ms. */
  until: z.number(),
  /** Who has come with it since it was replaced, latest first. */
  agents: z.array(agentUseSchema),
});
export type PreviousSecretView = z.output<typeof previousSecretViewSchema>;

export const clientKeyViewSchema = clientKeySchema.omit({ secret: true }).extend({
  secret: secretViewSchema,
  previous: previousSecretViewSchema.nullable(),
  usage: limitUsageSchema,
  spentUsdToday: z.number(),
  lastUsedAt: z.number().nullable(),
  /** Who uses it, latest first, the newest few. */
  agents: z.array(agentUseSchema),
  /** Requests of the last 24 hours, hour by hour, the running one last. */
  hours: z.array(z.number()),
  /** Since midnight in `quotaTimeZone`, those included that no limit counts. */
  requestsToday: z.number(),
  /** True until a key that the gateway generated has been shown once. */
  unseen: z.boolean(),
});
export type ClientKeyView = z.output<typeof clientKeyViewSchema>;

/** What became of a request made with a client key to see whether it works. */
export const clientKeyTestSchema = z.object({
  ok: z.boolean(),
  /** What a client would have got; null where nobody answered. */
  status: z.number().nullable(),
  ms: z.number(),
  /** The beginning of the answer, or what is wrong. */
  text: z.string().nullable(),
  endpointId: z.string().nullable(),
  recordId: z.string().nullable(),
});
export type ClientKeyTest = z.output<typeof clientKeyTestSchema>;

/** Something the user should know or mend. */
export const problemSchema = z.object({
  id: z.string(),
  /** Catalogue of problems the window knows words for. */
  code: z.enum([
    'settings-invalid',
    'settings-unwritable',
    'vault-locked',
    'vault-unavailable',
    'vault-memory',
    'port-taken',
    'offline',
    'usage-store',
    'limits-not-shared',
    'exposed',
    'secret-missing',
    'origin-waiting',
  ]),
  message: z.string(),
  /** Facts for the message in the user's language, e.g. `{field, port, origin}`. */
  details: z.record(z.string(), z.string()),
  since: z.number(),
});
export type Problem = z.output<typeof problemSchema>;

export const gatewayStatusSchema = z.object({
  state: z.enum(['on', 'off', 'starting', 'stopping', 'failed']),
  /** What a client is given, e.g. `http://localhost:8282/v1`; null while off. */
  address: z.string().nullable(),
  host: z.string(),
  port: z.number(),
  version: z.string(),
  shell: z.enum(['desktop', 'headless']),
  /** Unix ms since when it listens. */
  startedAt: z.number().nullable(),
  inFlight: z.number(),
  vault: z.object({
    kind: z.enum(['keychain', 'file', 'memory']),
    state: z.enum(['ready', 'locked', 'unavailable']),
    reason: z.string().nullable(),
  }),
  problems: z.array(problemSchema),
  /** What is in force now: a mode that is over reads as normal. */
  spending: spendingModeSchema,
});
export type GatewayStatus = z.output<typeof gatewayStatusSchema>;

/** settings.json without endpoints and keys, which have operations of their own. */
export const settingsViewSchema = settingsSchema
  .omit({ clientKeys: true, endpoints: true })
  .extend({ network: plainNetworkSchema });
export type SettingsView = z.output<typeof settingsViewSchema>;

export const presetSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Where the provider has another name in Chinese. */
  nameZh: z.string().optional(),
  /** `often` what most people use; `other` has a place of its own. */
  group: z.enum(['often', 'china', 'world', 'local', 'other']),
  kind: endpointSchema.shape.kind.unwrap(),
  baseUrl: z.string(),
  /** Page where the provider hands out keys; null where no key is needed, or the server is one's own. */
  keysUrl: z.string().nullable(),
  needsKey: z.boolean(),
  /** Costs nothing, whoever uses it. */
  free: z.boolean().default(false),
  models: z.array(z.string()),
  /** Names that clients know -> the provider's own, to start from. */
  modelMapping: z.record(z.string(), z.string()).default({}),
});
export type Preset = z.output<typeof presetSchema>;
