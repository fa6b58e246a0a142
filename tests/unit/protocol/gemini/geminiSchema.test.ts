import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlainSchema, plainSchema } from '../../../../main/protocol/gemini/geminiSchema.ts';

/** Source: Schema of @google/genai, less what the API's own validation refuses. */
const allowed = new Set([
  ...[
    'type',
    'format',
    'title',
    'description',
    'nullable',
    'enum',
    'items',
    'minItems',
    'maxItems',
    'properties',
  ],
  ...[
    'required',
    'propertyOrdering',
    'anyOf',
    'minimum',
    'maximum',
    'minLength',
    'maxLength',
    'minProperties',
  ],
  ...['maxProperties', 'pattern', 'default', 'example'],
]);
const types = new Set(['STRING', 'NUMBER', 'INTEGER', 'BOOLEAN', 'ARRAY', 'OBJECT']);

/** What a strict server says of it; empty where it is content. */
function complaints(schema: PlainSchema, path = '$'): string[] {
  const found = Object.keys(schema)
    .filter((name) => !allowed.has(name))
    .map((name) => `${path}: unknown name "${name}"`);
  const { type, anyOf, properties, required, items } = schema;
  if (anyOf === undefined ? !types.has(String(type)) : type !== undefined)
    found.push(`${path}: type ${String(type)}`);
  if (type === 'ARRAY' && !items) found.push(`${path}: no items`);
  if (properties && Object.keys(properties).length === 0) found.push(`${path}: no properties`);
  if (
    schema.enum &&
    !(
      type === 'STRING' &&
      (schema.enum as unknown[]).every((value) => typeof value === 'string' && value !== '')
    )
  )
    found.push(`${path}: enum`);
  for (const name of (required ?? []) as string[])
    if (!Object.hasOwn((properties ?? {}) as object, name)) found.push(`${path}: requires ${name}`);
  for (const [name, value] of Object.entries((properties ?? {}) as Record<string, PlainSchema>))
    found.push(...complaints(value, `${path}.${name}`));
  for (const value of [...((anyOf ?? []) as PlainSchema[]), ...(items ? [items as PlainSchema] : [])])
    found.push(...complaints(value, `${path}[]`));
  return found;
}

const names = fc.constantFrom('a', 'b', '$ref', 'type', 'some name');
const references = fc.constantFrom(
  '#',
  '#/$defs/a',
  '#/$defs/b',
  '#/$defs/none',
  'https://example.org/x',
  '#/properties/a',
);
const typeNames = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null', 'any', 'OBJECT'];
const simple = fc.record(
  {
    type: fc.oneof(fc.constantFrom(...typeNames), fc.subarray(['string', 'null', 'integer', 'object'])),
    title: fc.constantFrom('t', 1),
    format: fc.constantFrom('uuid', 'date-time', 'int32', 'double', 'email'),
    enum: fc.array(fc.constantFrom('x', '', 1, 2.5, null, true), { maxLength: 3 }),
    const: fc.constantFrom('x', 1, null),
    required: fc.array(names, { maxLength: 2 }),
    $comment: fc.constant('c'),
    exclusiveMinimum: fc.constantFrom(1, true),
    minimum: fc.constantFrom(0, '0'),
    maxLength: fc.nat(),
    uniqueItems: fc.boolean(),
    default: fc.constantFrom(null, 1, { $ref: '#' }),
    nullable: fc.boolean(),
    'x-own': fc.constant('y'),
  },
  { requiredKeys: [] },
);
const anySchema = fc.letrec<{ schema: object | boolean; more: object }>((tie) => {
  const several = fc.array(tie('schema'), { maxLength: 3 });
  const named = fc.dictionary(names, tie('schema'), { maxKeys: 3 });
  return {
    schema: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(fc.boolean(), simple, fc.record({ $ref: references })),
      fc.tuple(simple, tie('more')).map(([own, more]) => ({ ...own, ...more })),
    ),
    more: fc.oneof(
      named.map((properties) => ({ properties })),
      fc.oneof(tie('schema'), several).map((items) => ({ items })),
      fc
        .constantFrom('anyOf', 'oneOf', 'allOf', 'prefixItems')
        .chain((name) => several.map((list) => ({ [name]: list }))),
      fc
        .constantFrom('not', 'if', 'additionalProperties')
        .chain((name) => tie('schema').map((item) => ({ [name]: item }))),
      fc.tuple(named, several).map(([properties, allOf]) => ({ properties, allOf, $defs: {} })),
      fc.tuple(references, named).map(([$ref, properties]) => ({ $ref, properties })),
    ),
  };
}).schema;

describe('plainSchema', () => {
  it('says nothing that Gemini does not know, whatever it was given, and comes to an end', () => {
    fc.assert(
      fc.property(fc.record({ root: anySchema, a: anySchema, b: anySchema }), ({ root, a, b }) => {
        const given = typeof root === 'object' ? { ...root, $defs: { a, b } } : {};
        const before = JSON.stringify(given);
        expect(complaints(plainSchema(given))).toEqual([]);
        expect(JSON.stringify(given)).toBe(before);
      }),
      { numRuns: 2_000 },
    );
  });

  it('inlines references and cuts cycles', () => {
    const tree = {
      type: 'object',
      properties: { name: { $ref: '#/definitions/na~1me' }, next: { $ref: '#' } },
      required: ['name'],
    };
    const plain = plainSchema({
      ...tree,
      definitions: { 'na/me': { type: 'string', description: 'its name' } },
    });
    expect(plain).toMatchObject({
      type: 'OBJECT',
      properties: {
        name: { type: 'STRING', description: 'its name' },
        next: { properties: { next: { type: 'OBJECT' } } },
      },
      required: ['name'],
    });
    expect(JSON.stringify(plain).length).toBeLessThan(1_000);
  });

  it('stays small where references fan out', () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [
        `d${at}`,
        {
          type: 'object',
          properties: { l: { $ref: `#/$defs/d${at + 1}` }, r: { $ref: `#/$defs/d${at + 1}` } },
        },
      ]),
    );
    const plain = plainSchema({ $ref: '#/$defs/d0', $defs });
    expect(complaints(plain)).toEqual([]);
    expect(JSON.stringify(plain).length).toBeLessThan(200_000);
  });

  it('keeps what stands inside a schema that is a base too', () => {
    const $defs = { named: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } };
    const plain = plainSchema({
      allOf: [{ $ref: '#/$defs/named' }],
      properties: { owner: { $ref: '#/$defs/named' } },
      required: ['owner'],
      $defs,
    });
    expect(plain).toEqual({
      type: 'OBJECT',
      properties: {
        owner: { type: 'OBJECT', properties: { name: { type: 'STRING' } }, required: ['name'] },
        name: { type: 'STRING' },
      },
      required: ['owner', 'name'],
    });
  });

  it.each([
    [{ const: 'a' }, { type: 'STRING', enum: ['a'] }],
    [{ enum: ['a', '', null] }, { type: 'STRING', nullable: true, enum: ['a'] }],
    [
      { type: 'integer', enum: [1, 2], description: 'How many.' },
      { type: 'INTEGER', description: 'How many. One of: 1, 2.' },
    ],
    [
      { type: 'string', enum: ['a', 5] },
      { type: 'STRING', enum: ['a', '5'] },
    ],
    [
      { type: ['string', 'null'], minLength: 1 },
      { type: 'STRING', nullable: true, minLength: 1 },
    ],
    [
      { type: ['string', 'integer'], description: 'd' },
      { anyOf: [{ type: 'STRING' }, { type: 'INTEGER' }], description: 'd' },
    ],
    [
      { type: 'integer', exclusiveMinimum: 0, exclusiveMaximum: 10 },
      { type: 'INTEGER', minimum: 1, maximum: 9 },
    ],
    [
      { type: 'integer', exclusiveMinimum: true, minimum: 3 },
      { type: 'INTEGER', minimum: 4 },
    ],
    [
      { type: 'number', exclusiveMinimum: 0.5 },
      { type: 'NUMBER', minimum: 0.5 },
    ],
    [
      { oneOf: [{ type: 'string' }, { type: 'null' }], title: 't' },
      { type: 'STRING', title: 't', nullable: true },
    ],
    [
      { oneOf: [{ type: 'string' }, { type: 'boolean' }] },
      { anyOf: [{ type: 'STRING' }, { type: 'BOOLEAN' }] },
    ],
    [
      { type: 'string', anyOf: [{ format: 'date-time' }, { pattern: '^x' }] },
      {
        anyOf: [
          { type: 'STRING', format: 'date-time' },
          { type: 'STRING', pattern: '^x' },
        ],
      },
    ],
    [
      { type: 'object', properties: { a: {}, b: {} }, anyOf: [{ required: ['a'] }, { required: ['b'] }] },
      { type: 'OBJECT', properties: { a: { type: 'STRING' }, b: { type: 'STRING' } } },
    ],
    [{ type: 'string', format: 'uuid', $comment: 'c', 'x-a': 1 }, { type: 'STRING' }],
    [
      { type: 'array', uniqueItems: true, maxItems: 3 },
      { type: 'ARRAY', maxItems: 3, items: { type: 'STRING' } },
    ],
    [
      { type: 'array', prefixItems: [{ type: 'number' }] },
      { type: 'ARRAY', items: { type: 'NUMBER' } },
    ],
    [{ type: 'object', additionalProperties: { type: 'string' } }, { type: 'OBJECT' }],
    [
      { type: 'object', properties: { a: false, b: true }, required: ['a', 'b', 'c'] },
      { type: 'OBJECT', properties: { b: { type: 'STRING' } }, required: ['b'] },
    ],
    [
      { type: 'object', properties: { type: { type: 'string' }, properties: { type: 'object' } } },
      { type: 'OBJECT', properties: { type: { type: 'STRING' }, properties: { type: 'OBJECT' } } },
    ],
  ])('turns %j into what Gemini takes', (given, plain) => {
    expect(plainSchema(given)).toEqual(plain);
  });
});
