// What may stand in an endpoint's `options`, by kind. Known members are checked; all others are the user's and stay as they are.
import { z } from 'zod';
import { apiChoices, type RepairName, repairNames, systemPromptPlaces } from '../readOptions.ts';
import { baseUrlSchema, type EndpointKind } from './endpoint.ts';

const apiChoiceSchema = z.enum(apiChoices, { error: 'must be "auto", "chat" or "responses"' });

const yesOrNo = z.boolean({ error: 'must be true or false' }).optional();

const switchesSchema = z.looseObject(
  Object.fromEntries(repairNames.map((name) => [name, yesOrNo])) as Record<RepairName, typeof yesOrNo>,
  { error: 'must be true, false, or an object of switches such as {"roles":false}' },
);

// A union would say "invalid input" without naming the switch that is wrong.
const repairsSchema = z
  .unknown()
  .superRefine((value, ctx) => {
    if (typeof value === 'boolean') return;
    for (const { path, message } of switchesSchema.safeParse(value).error?.issues ?? [])
      ctx.addIssue({ code: 'custom', path, message });
  })
  .optional();

/** Dated versions of Azure's classic surface; the v1 surface has none. Source: Azure's API version lifecycle page. */
const apiVersionSchema = z
  .string({ error: 'must be a text such as "2024-10-21"' })
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(-preview)?$/, {
    error: 'must be a date such as 2024-10-21 or 2024-10-21-preview; leave it out for the v1 API',
  });

const everyKind = { repairs: repairsSchema };
const openaiOptions = { ...everyKind, api: apiChoiceSchema.optional() };
const ondemandOptions = {
  ...everyKind,
  authBaseUrl: baseUrlSchema.optional(),
  configBaseUrl: baseUrlSchema.optional(),
  mediaBaseUrl: baseUrlSchema.optional(),
  sessionTimeoutMinutes: z.number({ error: 'must be a number of minutes' }).min(0).optional(),
  systemPrompt: z.enum(systemPromptPlaces, { error: 'must be "query" or "fulfillment"' }).optional(),
  promptTools: yesOrNo,
  sendMaxTokens: yesOrNo,
};

const schemas: Record<EndpointKind, z.ZodType> = {
  openai: z.looseObject(openaiOptions),
  azure: z.looseObject({ ...openaiOptions, apiVersion: apiVersionSchema.optional() }),
  anthropic: z.looseObject(everyKind),
  gemini: z.looseObject(everyKind),
  ondemand: z.looseObject(ondemandOptions),
};

type Options = Readonly<Record<string, unknown>>;

/** Refuses a wrong known option at its own path, such as `options.apiVersion`. For `superRefine` of whatever holds an endpoint. */
export function checkOptions(
  endpoint: { kind: EndpointKind; options: Options },
  ctx: { addIssue(issue: z.core.$ZodRawIssue): void },
): void {
  const read = schemas[endpoint.kind].safeParse(endpoint.options);
  for (const { path, message } of read.error?.issues ?? [])
    ctx.addIssue({ code: 'custom', path: ['options', ...path], message, input: endpoint.options });
}
