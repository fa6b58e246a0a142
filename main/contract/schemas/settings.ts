import { z } from 'zod';
import { clientKeySchema } from './clientKey.ts';
import { endpointSchema } from './endpoint.ts';
import { checkOptions } from './endpointOptions.ts';

export const strategies = ['random', 'round-robin', 'weighted', 'least-busy', 'fastest', 'priority'] as const;
export const strategySchema = z.enum(strategies);
export type Strategy = z.output<typeof strategySchema>;

export const serverSchema = z.looseObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: z.number().int().min(0).max(65535).default(8282),
  /** Host names, besides this machine's own, that a request's `Host` header may hold. */
  allowedHosts: z.array(z.string().min(1)).default([]),
  /** Web origins the user allowed to call the gateway from a browser page. */
  allowedOrigins: z.array(z.string().min(1)).default([]),
  maxBodyMB: z.number().int().min(1).max(1024).default(64),
});

export const routingSchema = z.looseObject({
  strategy: strategySchema.default('random'),
  /** Attempts per request over all candidates. */
  maxAttempts: z.number().int().min(1).max(20).default(4),
  retryDelayMs: z.number().int().min(0).max(60_000).default(500),
  affinity: z.boolean().default(true),
});

/** Milliseconds; 0 = no limit. */
export const timeoutsSchema = z.looseObject({
  connectMs: z.number().int().min(0).default(10_000),
  firstByteMs: z.number().int().min(0).default(60_000),
  idleMs: z.number().int().min(0).default(120_000),
  totalMs: z.number().int().min(0).default(0),
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
  retentionDays: z.number().int().min(1).max(3650).default(90),
  maxDatabaseMB: z.number().int().min(16).max(65_536).default(512),
  recordBodies: z.boolean().default(false),
  quotaTimeZone: timeZoneSchema.default('local'),
  /** By upstream model name. */
  modelOverrides: z.record(z.string().min(1), modelOverrideSchema).default({}),
});

export const uiSchema = z.looseObject({
  language: z.enum(['auto', 'en', 'zh-CN']).default('auto'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  launchAtLogin: z.boolean().default(false),
  startGatewayOnLaunch: z.boolean().default(true),
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
