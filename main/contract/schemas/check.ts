// What the doctor tells: step by step, in codes and facts that the window has words for. `detail` is the same in English, for the API.
import { z } from 'zod';
import { repairNames } from '../readOptions.ts';
import { endpointKindSchema } from './endpoint.ts';

export const checkStepNames = [
  'address',
  'dns',
  'connect',
  'tls',
  'credential',
  'models',
  'chat',
  'stream',
] as const;
export type CheckStepName = (typeof checkStepNames)[number];

/** What was found. The window knows words for each, with the step's facts in them. */
export const checkCodes = [
  'running',
  'not-tried',
  'address-ok',
  'address-slip',
  'address-placeholder',
  'address-plain',
  'dns-ok',
  'dns-literal',
  'dns-private',
  'dns-fake-ip',
  'dns-not-found',
  'dns-failed',
  'offline',
  'connect-ok',
  'connect-proxy-ok',
  'connect-refused',
  'connect-timeout',
  'connect-unreachable',
  'connect-failed',
  'proxy-refused',
  'tls-ok',
  'tls-expired',
  'tls-early',
  'tls-wrong-host',
  'tls-self-signed',
  'tls-unknown-ca',
  'tls-intercepted',
  'tls-not-spoken',
  'tls-failed',
  'key-accepted',
  'key-unjudged',
  'key-refused',
  'key-missing',
  'key-unreadable',
  'signed-in',
  'sign-in-refused',
  'sign-in-failed',
  'models-ok',
  'models-none',
  'models-login',
  'chat-ok',
  'stream-ok',
  'no-model',
  'no-deployment',
  'forbidden',
  'region',
  'no-credit',
  'model-missing',
  'wrong-path',
  'redirected',
  'rate-limited',
  'server-error',
  'request-refused',
  'not-an-api',
  'bad-answer',
  'stream-cut',
  'no-answer',
  'cut',
  'cancelled',
] as const;
export const checkCodeSchema = z.enum(checkCodes);
export type CheckCode = z.output<typeof checkCodeSchema>;

/** What can be done about a failed step. */
export const mendSchema = z.discriminatedUnion('do', [
  /** Another base URL, and where given another kind, under which a server of that kind answered (or where the given one was mistyped). */
  z.object({ do: z.literal('address'), baseUrl: z.string(), kind: endpointKindSchema.optional() }),
  z.object({ do: z.literal('replace-key') }),
  z.object({ do: z.literal('top-up') }),
  z.object({ do: z.literal('set-proxy') }),
  z.object({ do: z.literal('map-model'), model: z.string() }),
  /** Names of `models` that the endpoint's own list does not hold. */
  z.object({ do: z.literal('remove-names'), names: z.array(z.string()) }),
  z.object({ do: z.literal('turn-on-repair'), repair: z.enum(repairNames) }),
]);
export type Mend = z.output<typeof mendSchema>;

export const checkStepSchema = z.object({
  name: z.enum(checkStepNames),
  /** `warned`: it works, and something about it should be known. */
  state: z.enum(['running', 'ok', 'warned', 'failed', 'skipped']),
  ms: z.number(),
  code: checkCodeSchema,
  /** For the words, e.g. `{host, addresses}`. No secret. */
  facts: z.record(z.string(), z.string()),
  /** The upstream's or the system's own words, where there are any. Redacted. */
  said: z.string().nullable(),
  /** What was found, or what is wrong and what to do about it, in English. */
  detail: z.string(),
  mends: z.array(mendSchema),
});
export type CheckStep = z.output<typeof checkStepSchema>;

export const checkReportSchema = z.object({
  ok: z.boolean(),
  steps: z.array(checkStepSchema),
  models: z.array(z.string()),
});
export type CheckReport = z.output<typeof checkReportSchema>;

/**
 * A running diagnosis: `plan` first, then each step as it begins (`running`) and as it ends, and `account` when one is through.
 * Steps up to the TLS handshake are the endpoint's: their `account` is null. The stream ends by itself.
 */
export const checkEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('plan'), accounts: z.array(z.string()) }),
  z.object({ type: z.literal('step'), account: z.string().nullable(), step: checkStepSchema }),
  z.object({
    type: z.literal('account'),
    account: z.string(),
    ok: z.boolean(),
    /** The model list it got; empty where none. */
    models: z.array(z.string()),
  }),
]);
export type CheckEvent = z.output<typeof checkEventSchema>;
