// A `sluice://` link -> the endpoints it would add, or why it is not followed. Whatever a link may not do is refused, never left out:
// what is shown is all there is.
import { z } from 'zod';
import { baseUrlSchema } from '../../contract/schemas/endpoint.ts';
import type { LinkRefusal } from '../../contract/schemas/link.ts';

/** As they come with the program's arguments; the system decides the case of a scheme. */
export const isLink = (text: string): boolean => /^sluice:/i.test(text);

const longestLink = 24_000;

/** What a reader can't see, or sees in another order than it is. */
const plainText = z.string().regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u);
const modelSchema = plainText.min(1).max(200);
/** Written by hand into a header: no blanks, nothing invisible. An object would point to a secret that is here already. */
const keySchema = z.string().regex(/^[!-~]{1,2000}$/);

const addressSchema = baseUrlSchema
  .refine((text) => /^https?:\/\/[^\\]*$/i.test(text) && text.length <= 500)
  .transform((text) => new URL(text).href.replace(/\/$/, ''));

const endpointSchema = z.strictObject({
  name: plainText.max(80).default(''),
  kind: z.enum(['openai', 'anthropic', 'gemini']).default('openai'),
  baseUrl: addressSchema,
  accounts: z
    .array(z.strictObject({ secret: keySchema }))
    .max(50)
    .default([]),
  models: z.array(modelSchema).max(200).default([]),
  modelMapping: z.record(modelSchema, modelSchema).default({}),
});

const payloadSchema = z.strictObject({ endpoints: z.array(endpointSchema).min(1).max(10) });
export type LinkPayload = z.output<typeof payloadSchema>;

export type ParsedLink =
  | { payload: LinkPayload }
  /** `part` names what is wrong, without its value. */
  | { refused: LinkRefusal; part: string | null };

const refuse = (refused: LinkRefusal, part: string | null = null): ParsedLink => ({ refused, part });

/** The simple form's fields; each at most once. */
const fields = ['name', 'kind', 'baseUrl', 'key', 'models'];

function listOf(text: string | null): string[] {
  return (text ?? '').split(',').flatMap((part) => part.trim() || []);
}

function fromFields(query: URLSearchParams): unknown {
  const key = query.get('key');
  return {
    endpoints: [
      {
        ...(query.has('name') ? { name: query.get('name') } : {}),
        ...(query.has('kind') ? { kind: query.get('kind') } : {}),
        baseUrl: query.get('baseUrl') ?? '',
        accounts: key === null ? [] : [{ secret: key.trim() }],
        models: listOf(query.get('models')),
      },
    ],
  };
}

function decoded(data: string): unknown {
  if (!/^[A-Za-z0-9_-]+={0,2}$/.test(data)) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(data, 'base64url')));
  } catch {
    return undefined;
  }
}

/**
 * `sluice://import?data=…` with base64url of `{"endpoints": [{"baseUrl": …, "accounts": [{"secret": …}]}]}`, or
 * `sluice://import?name=…&kind=…&baseUrl=…&key=…&models=a,b`.
 */
export function parseLink(text: string): ParsedLink {
  if (text.length > longestLink) return refuse('too-long');
  const match = /^sluice:\/{0,2}([a-z-]*)\/?(?:\?([^#]*))?$/i.exec(text.trim());
  if (!match) return refuse('unreadable');
  const [, action = '', search = ''] = match;
  if (action.toLowerCase() !== 'import') return refuse('unknown-action');
  const query = new URLSearchParams(search);
  const names = [...query.keys()];
  const strange = names.find((name, at) => names.indexOf(name) !== at || ![...fields, 'data'].includes(name));
  if (strange !== undefined) return refuse('not-allowed', strange.slice(0, 40).replace(/[^\w.-]/g, '?'));
  const packed = query.get('data');
  if (packed !== null && names.length > 1) return refuse('not-allowed', 'data');
  const document = packed === null ? fromFields(query) : decoded(packed);
  if (document === undefined) return refuse('unreadable');
  const read = payloadSchema.safeParse(document);
  if (read.success) return { payload: read.data };
  const [issue] = read.error.issues;
  const path = [
    ...(issue?.path ?? []),
    ...(issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []),
  ];
  const part = path
    .map((step) =>
      String(step)
        .replace(/[^\w.-]/g, '?')
        .slice(0, 40),
    )
    .join('.');
  return refuse('not-allowed', part || null);
}
