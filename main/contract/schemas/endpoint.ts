import { z } from 'zod';
import { limitOverridesSchema, limitsSchema } from './limits.ts';
import { modelRuleSchema } from './modelRule.ts';
import { hiddenSchema, secretSchema } from './secret.ts';

export const endpointKinds = ['openai', 'azure', 'anthropic', 'gemini', 'ondemand'] as const;
export const endpointKindSchema = z.enum(endpointKinds);
export type EndpointKind = z.output<typeof endpointKindSchema>;

/** The base URL of the built-in endpoint that answers locally, without any network. */
export const demoBaseUrl = 'demo://local/v1';

export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'use 1 to 64 letters, digits, dots, dashes or underscores');

function baseUrlProblem(value: string): string | null {
  if (value === demoBaseUrl) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url) return 'must be a whole URL, such as https://api.openai.com/v1';
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'must start with https:// or http://';
  if (url.username || url.password)
    return 'must not hold a user name or password; put the key into an account';
  if (url.search || url.hash) return 'must not hold a query or a fragment';
  // Cloud metadata services answer on link-local addresses; no LLM does.
  if (
    /^(169\.254\.|\[fe[89ab]|\[::ffff:a9fe:|metadata\.google\.internal$|0\.0\.0\.0$|\[::\]$)/i.test(
      url.hostname,
    )
  ) {
    return 'points to a link-local or unspecified address, which is refused';
  }
  return null;
}

export const baseUrlSchema = z.string().superRefine((value, ctx) => {
  const problem = baseUrlProblem(value);
  if (problem) ctx.addIssue({ code: 'custom', message: problem });
});

function proxyUrlProblem(value: string): string | null {
  if (!/^(https?|socks5):\/\/[^\s]+$/.test(value)) return 'must start with http://, https:// or socks5://';
  return URL.canParse(value) ? null : 'must be a whole URL, such as http://127.0.0.1:7890';
}

/** As windows write it: a proxy's URL, perhaps with user name and password, or the one word that stands for something else. */
export function plainProxySchema(word: 'direct' | 'system') {
  return z.string().superRefine((value, ctx) => {
    const problem = value === word ? null : proxyUrlProblem(value);
    if (problem) ctx.addIssue({ code: 'custom', message: problem });
  });
}

/** As it stands in settings.json: a URL's password is moved into the vault at once, and stands beside the URL as a reference. */
export function proxySchema(word: 'direct' | 'system') {
  const url = z.string().superRefine((value, ctx) => {
    const inUrl = /^[a-z0-9]+:\/\/[^:@/]*:[^/]*@/i.test(value);
    const problem = inUrl ? 'must not hold a password beside `password`' : proxyUrlProblem(value);
    if (problem) ctx.addIssue({ code: 'custom', message: problem });
  });
  return z.union([plainProxySchema(word), z.strictObject({ url, password: secretSchema })], {
    error: 'must be a text, or {"url":"http://user@host:8080","password":{"env":"NAME"}}',
  });
}
export type ProxySetting = z.output<ReturnType<typeof proxySchema>>;

const headerNameSchema = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'is not a header name');

export const headerTextSchema = z
  .string()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what must not be there
  .regex(/^[^\x00-\x08\x0a-\x1f\x7f]*$/, 'must not hold line breaks or control characters');

/** As windows write them. */
export const plainHeadersSchema = z.record(headerNameSchema, headerTextSchema);

/** As they stand in settings.json: values that are credentials are moved into the vault at once. */
export const headersSchema = z.record(
  headerNameSchema,
  z.union([headerTextSchema, hiddenSchema], { error: 'must be a text, {"env":"NAME"} or {"vault":"ref"}' }),
);
export type HeaderValue = z.output<typeof headersSchema>[string];

export const accountSchema = z.looseObject({
  id: idSchema,
  name: z.string().default(''),
  /** on-demand.io logins only; then `secret` is the password. */
  email: z.string().optional(),
  secret: secretSchema.optional(),
  enabled: z.boolean().default(true),
  weight: z.number().min(0).default(1),
  limits: limitOverridesSchema.prefault({}),
});
export type Account = z.output<typeof accountSchema>;

export const endpointSchema = z.looseObject({
  id: idSchema,
  name: z.string().default(''),
  kind: endpointKindSchema.default('openai'),
  baseUrl: baseUrlSchema,
  enabled: z.boolean().default(true),
  /** Lower numbers are tried first. */
  priority: z.number().int().default(0),
  weight: z.number().min(0).default(1),
  /** Costs nothing: a free tier, a server of one's own. What the spending mode `free` may use. */
  free: z.boolean().default(false),
  accounts: z.array(accountSchema).default([]),
  /**
   * Names served upstream; none = ask the endpoint's model list. `!name` and `!pattern*` leave out of either what clients ask for;
   * what `modelMapping` names is served all the same.
   */
  models: z.array(modelRuleSchema).default([]),
  /** Client name (or `prefix*`) -> upstream name (or `prefix*`, where the rest is carried over). */
  modelMapping: z.record(z.string().min(1), z.string().min(1)).default({}),
  limits: limitsSchema.prefault({}),
  headers: headersSchema.default({}),
  /** Carries this endpoint's requests; `direct`: nothing does; null: what `network.proxy` says. */
  proxy: proxySchema('direct').nullable().default(null),
  /** By kind: endpointOptions.ts knows what, and checks it where an endpoint is taken in. */
  options: z.record(z.string(), z.unknown()).default({}),
});
export type Endpoint = z.output<typeof endpointSchema>;
