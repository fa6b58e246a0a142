import { z } from 'zod';
import { settingDefaults as defaults } from '../settingDefaults.ts';
import { clientKeySchema } from './clientKey.ts';
import { endpointSchema, plainProxySchema, proxySchema } from './endpoint.ts';
import { checkOptions } from './endpointOptions.ts';

export const strategies = ['random', 'round-robin', 'weighted', 'least-busy', 'fastest', 'priority'] as const;
export const strategySchema = z.enum(strategies);
export type Strategy = z.output<typeof strategySchema>;

export const serverSchema = z.looseObject({
  host: z.string().min(1).default(defaults.server.host),
  port: z.number().int().min(0).max(65535).default(defaults.server.port),
  /** Host names, besides this machine's own, that a request's `Host` header may hold. */
  allowedHosts: z.array(z.string().min(1)).default([]),
  /** Web origins the user allowed to call the gateway from a browser page. */
  allowedOrigins: z.array(z.string().min(1)).default([]),
  maxBodyMB: z.number().int().min(1).max(1024).default(defaults.server.maxBodyMB),
});

export const networkSchema = z.looseObject({
  /** Carries the requests of all endpoints that name none themselves; `system`: the one the system names; null: none. */
  proxy: proxySchema('system').nullable().default(null),
});

/** As windows see and write it. */
export const plainNetworkSchema = networkSchema.extend({
  proxy: plainProxySchema('system').nullable().default(null),
});

export const routingSchema = z.looseObject({
  strategy: strategySchema.default(defaults.routing.strategy),
  /** Attempts per request over all candidates. */
  maxAttempts: z.number().int().min(1).max(20).default(defaults.routing.maxAttempts),
  retryDelayMs: z.number().int().min(0).max(60_000).default(defaults.routing.retryDelayMs),
  affinity: z.boolean().default(defaults.routing.affinity),
});

/** Milliseconds; 0 = no limit. */
export const timeoutsSchema = z.looseObject({
  connectMs: z.number().int().min(0).default(defaults.timeouts.connectMs),
  firstByteMs: z.number().int().min(0).default(defaults.timeouts.firstByteMs),
  idleMs: z.number().int().min(0).default(defaults.timeouts.idleMs),
  totalMs: z.number().int().min(0).default(defaults.timeouts.totalMs),
});

const timeZoneSchema = z.string().refine(
  (zone) => {
    if (zone === 'local') return true;
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  },
  { error: 'must be "local" or an IANA time zone such as "America/Los_Angeles"' },
);

/** USD per million tokens, and the context size, where the user knows better than the data package. */
export const modelOverrideSchema = z.looseObject({
  inputUsdPerMTok: z.number().min(0).optional(),
  outputUsdPerMTok: z.number().min(0).optional(),
  cachedInputUsdPerMTok: z.number().min(0).optional(),
  contextTokens: z.number().int().min(1).optional(),
});
export type ModelOverride = z.output<typeof modelOverrideSchema>;

export const usageSettingsSchema = z.looseObject({
  retentionDays: z.number().int().min(1).max(3650).default(defaults.usage.retentionDays),
  maxDatabaseMB: z.number().int().min(16).max(65_536).default(defaults.usage.maxDatabaseMB),
  recordBodies: z.boolean().default(false),
  quotaTimeZone: timeZoneSchema.default(defaults.usage.quotaTimeZone),
  /** By upstream model name. */
  modelOverrides: z.record(z.string().min(1), modelOverrideSchema).default({}),
});

export const uiSchema = z.looseObject({
  language: z.enum(['auto', 'en', 'zh-CN']).default('auto'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  launchAtLogin: z.boolean().default(false),
  startGatewayOnLaunch: z.boolean().default(true),
  /** Desktop only: what needs somebody, while no window is looked at. */
  notifications: z.boolean().default(true),
});

/** Refuses a list in which two items share an id, naming the later one. */
function uniqueIds(what: string, base: PropertyKey[] = []) {
  return (list: readonly { id: string }[], ctx: { addIssue(issue: z.core.$ZodRawIssue): void }) => {
    const seen = new Set<string>();
    list.forEach((item, index) => {
      if (seen.has(item.id)) {
        const message = `another ${what} already has the id "${item.id}"`;
        ctx.addIssue({ code: 'custom', path: [...base, index, 'id'], message, input: item.id });
      }
      seen.add(item.id);
    });
  };
}

export const settingsVersion = 1;

/** The whole settings.json. Every value but ids and base URLs has a default; unknown fields are kept. */
export const settingsSchema = z.looseObject({
  version: z.literal(settingsVersion).default(settingsVersion),
  server: serverSchema.prefault({}),
  network: networkSchema.prefault({}),
  clientKeys: z.array(clientKeySchema).default([]).superRefine(uniqueIds('client key')),
  endpoints: z
    .array(
      endpointSchema.superRefine((endpoint, ctx) => {
        uniqueIds('account', ['accounts'])(endpoint.accounts, ctx);
        checkOptions(endpoint, ctx);
      }),
    )
    .default([])
    .superRefine(uniqueIds('endpoint')),
  routing: routingSchema.prefault({}),
  timeouts: timeoutsSchema.prefault({}),
  usage: usageSettingsSchema.prefault({}),
  ui: uiSchema.prefault({}),
});

export type SettingsInput = z.input<typeof settingsSchema>;
export type Settings = z.output<typeof settingsSchema>;
