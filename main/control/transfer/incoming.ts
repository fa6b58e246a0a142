// What a file brings, whatever program wrote it. Secrets stand in clear here and go nowhere but into the vault.
import { type Endpoint, endpointSchema, proxySchema } from '../../contract/schemas/endpoint.ts';
import { checkOptions } from '../../contract/schemas/endpointOptions.ts';
import type { Settings } from '../../contract/schemas/settings.ts';
import type { ImportNote, ImportSource } from '../../contract/schemas/transfer.ts';
import { secretSpots, vaultRefOf } from '../../registry/secretSpots.ts';

/** Sections of ours that a file sets, field by field. */
export type IncomingSections = Partial<
  Pick<Settings, 'server' | 'network' | 'routing' | 'timeouts' | 'usage' | 'ui'>
>;

export interface Incoming {
  source: ImportSource;
  /** Their ids are wishes. */
  endpoints: Endpoint[];
  clientKeys: Settings['clientKeys'];
  sections: IncomingSections;
  notes: ImportNote[];
}

/** Found while a file is read: endpoints that hold, and notes of what did not. */
export interface Gathering {
  endpoints: Endpoint[];
  notes: ImportNote[];
  note(code: ImportNote['code'], what: string, detail?: string): void;
  /** Takes an endpoint in, or notes what is wrong with it. */
  endpoint(input: unknown, what: string): void;
}

const checkedSchema = endpointSchema.superRefine(checkOptions);

/**
 * Takes out references: they lead into the vault of the machine the file comes from, and here perhaps to another's secret.
 * Returns whether the endpoint lacks something now.
 */
export function withoutReferences(endpoint: Endpoint): boolean {
  const held = secretSpots({ endpoints: [endpoint] }).filter(({ secret }) => vaultRefOf(secret) !== null);
  for (const { remove } of held) remove();
  return held.length > 0;
}

export function createGathering(): Gathering {
  const endpoints: Endpoint[] = [];
  const notes: ImportNote[] = [];
  const note: Gathering['note'] = (code, what, detail = '') => {
    const told = notes.some((one) => one.code === code && one.what === what && one.detail === detail);
    if (!told) notes.push({ code, what, detail });
  };
  return {
    endpoints,
    notes,
    note,
    endpoint(input, what) {
      const read = checkedSchema.safeParse(input);
      if (read.success) {
        if (withoutReferences(read.data)) note('no-secrets', what);
        endpoints.push(read.data);
        return;
      }
      const issue = read.error.issues[0];
      note('wrong-endpoint', what, issue ? `${issue.path.join('.')}: ${issue.message}` : '');
    },
  };
}

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const objectsIn = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** A text that is not blank, trimmed; else an empty one. Numbers are texts as well: YAML reads some names so. */
export function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.trim() : '';
}

export const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(textOf).filter(Boolean) : [];

/** The first of these members that holds a text; else an empty one. */
export const firstOf = (from: Json, ...names: readonly string[]): string =>
  names.map((name) => textOf(from[name])).find(Boolean) ?? '';

/** A proxy as endpoints have it, or null where there is none or it can't be used. */
export function proxyIn(value: unknown): string | null {
  // Names are always resolved by the proxy here, which is all that the h asks for.
  const proxy = textOf(value).replace(/^socks5h:/i, 'socks5:');
  return proxySchema('direct').safeParse(proxy).success ? proxy : null;
}

/** As many accounts as keys, each key once. */
export function accountsOf(keys: readonly string[], more: object = {}): unknown[] {
  return [...new Set(keys)].map((secret, index) => ({ id: `a${index + 1}`, secret, ...more }));
}

/** Where the file names hosts alone, the version's path goes behind. */
export function withVersion(base: string): string {
  const bare = base.replace(/\/+$/, '');
  return /\/v\d+[a-z]*(?:\/|$)/.test(bare) ? bare : `${bare}/v1`;
}
