import { z } from 'zod';
import { idSchema } from './endpoint.ts';

/** Programs whose files are understood. */
export const importSources = [
  'sluice',
  'litellm',
  'one-api',
  'api-together',
  'uni-api',
  'gpt-load',
  'cc-switch',
  'cherry-studio',
  'cli-proxy-api',
  'claude-code-router',
  /** No program's: keys alone, one a line. */
  'keys',
] as const;
export const importSourceSchema = z.enum(importSources);
export type ImportSource = z.output<typeof importSourceSchema>;

/** `add` as an endpoint of its own; `merge` its accounts, models and mapping into the one that is there; `skip` leaves it out. */
export const importChoiceSchema = z.enum(['add', 'merge', 'skip']);
export type ImportChoice = z.output<typeof importChoiceSchema>;

export const plannedEndpointSchema = z.object({
  /** Names it in `choices`. */
  key: z.string(),
  name: z.string(),
  kind: z.string(),
  baseUrl: z.string(),
  /** Off: it stays off where it is added. */
  enabled: z.boolean(),
  accounts: z.number(),
  /** Accounts that bring no key along. */
  withoutKey: z.number(),
  /** Named models; 0: whatever it lists, but for what is left out. */
  models: z.number(),
  /** The endpoint of the same address that is there already; null where there is none. */
  existing: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** What merging would bring; all 0 where everything is there already. */
  brings: z.object({ accounts: z.number(), models: z.number(), mappings: z.number() }),
  /** What happens unless something else is chosen. */
  proposed: importChoiceSchema,
});
export type PlannedEndpoint = z.output<typeof plannedEndpointSchema>;

/** What of a file was not taken, and why. */
export const importNoteSchema = z.object({
  code: z.enum([
    'unknown-provider',
    'no-address',
    'wrong-endpoint',
    'no-keys',
    'own-key',
    'no-secrets',
    /** Signs in with an account: there is no key to bring. */
    'signed-in',
    /** Its endpoint is taken, without what `detail` names. */
    'not-carried',
  ]),
  /** What it is about, e.g. the name of a channel. */
  what: z.string(),
  detail: z.string(),
});
export type ImportNote = z.output<typeof importNoteSchema>;

/** A section's field that would change: as JSON texts, credentials concealed. */
export const plannedSettingSchema = z.object({ path: z.string(), from: z.string(), to: z.string() });

export const importPlanSchema = z.object({
  source: importSourceSchema,
  endpoints: z.array(plannedEndpointSchema),
  settings: z.array(plannedSettingSchema),
  /** Client keys that would be added. */
  clientKeys: z.array(z.object({ id: z.string(), name: z.string() })),
  notes: z.array(importNoteSchema),
});
export type ImportPlan = z.output<typeof importPlanSchema>;

/** A file's text, and the passphrase where it was exported with secrets. */
export const importInputSchema = z.object({
  text: z.string().min(1).max(240_000),
  passphrase: z.string().min(1).max(1024).optional(),
  /** The endpoint that keys alone belong to; no other file needs it. */
  into: idSchema.optional(),
});
export type ImportInput = z.output<typeof importInputSchema>;

export const importApplySchema = importInputSchema.extend({
  /** By `key`; what is not named goes as proposed. */
  choices: z.record(z.string(), importChoiceSchema).default({}),
  settings: z.boolean().default(true),
  clientKeys: z.boolean().default(true),
});

export const importResultSchema = z.object({
  added: z.number(),
  merged: z.number(),
  settings: z.number(),
  clientKeys: z.number(),
});
export type ImportResult = z.output<typeof importResultSchema>;

export const exportedSchema = z.object({ fileName: z.string(), text: z.string() });
