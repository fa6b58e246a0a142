// Input for an operation as a page that was taken over might make it: sometimes nothing like it, mostly almost right.
import { traverseContractProcedures } from '@orpc/server';
import { z } from 'zod';

type JsonSchema = {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
};

export interface HostileCall {
  /** `endpoints.create` */
  name: string;
  /** As the port takes it: `/endpoints/create`. */
  url: string;
  input: unknown;
}

/** The same numbers again for the same seed. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const strings = [
  '',
  ' ',
  'x',
  '*',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  'C:\\Windows',
  '\u0000',
  '\ud800',
  '%s%n{{7*7}}',
  "' OR 1=1 --",
  '2026-01-01',
  '127.0.0.1',
  'http://127.0.0.1:9/v1',
  'file:///etc/passwd',
  'javascript:alert(1)',
  '<img src=x onerror=alert(1)>',
  'z'.repeat(20_000),
];
const numbers = [0, -1, 1, 0.5, 65_536, 2 ** 53, -(2 ** 53), 1e308];
const junk: unknown[] = [
  null,
  true,
  [],
  {},
  [[[[]]]],
  { __proto__: null, toString: 1 },
  ...numbers,
  ...strings,
];

function createMaker(random: () => number, ids: readonly string[]) {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

  function make(schema: JsonSchema, depth: number): unknown {
    if (depth > 6 || random() < 0.08) return pick(junk);
    const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
    if (choices) return make(pick(choices), depth);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return pick(schema.enum);
    const type = Array.isArray(schema.type) ? pick(schema.type) : schema.type;
    if (type === 'string') return random() < 0.5 ? pick(ids) : pick(strings);
    if (type === 'integer' || type === 'number') return pick(numbers);
    if (type === 'boolean') return random() < 0.5;
    if (type === 'null') return null;
    if (type === 'array')
      return Array.from({ length: Math.floor(random() * 4) }, () => make(schema.items ?? {}, depth + 1));
    if (type === 'object') return makeObject(schema, depth);
    return pick(junk);
  }

  function makeObject({ properties = {}, additionalProperties: rest }: JsonSchema, depth: number): unknown {
    const known = Object.entries(properties).filter(() => random() < 0.8);
    const made = known.map(([name, schema]): [string, unknown] => [name, make(schema, depth + 1)]);
    if (typeof rest === 'object') made.push([pick([...ids, ...strings]), make(rest, depth + 1)]);
    if (random() < 0.1) made.push([pick(strings), pick(junk)]);
    return Object.fromEntries(made);
  }

  return (schema: JsonSchema): unknown => (random() < 0.1 ? pick(junk) : make(schema, 0));
}

/** `count` calls of every operation of a contract; `ids` are such as exist where they are sent. */
export function hostileCalls(
  router: Parameters<typeof traverseContractProcedures>[0]['router'],
  { count, seed, ids }: { count: number; seed: number; ids: readonly string[] },
): HostileCall[] {
  const make = createMaker(seeded(seed), ids);
  const calls: HostileCall[] = [];
  traverseContractProcedures({ router, path: [] }, ({ contract: procedure, path }) => {
    const { inputSchema } = procedure['~orpc'];
    const schema = inputSchema
      ? (z.toJSONSchema(inputSchema as z.ZodType, { io: 'input', unrepresentable: 'any' }) as JsonSchema)
      : {};
    for (let made = 0; made < count; made++)
      calls.push({ name: path.join('.'), url: `/${path.join('/')}`, input: make(schema) });
  });
  return calls;
}
