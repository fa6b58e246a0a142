// JSON Schema -> the subset that every Gemini upstream takes as `parameters` and `responseSchema` (clients.md section 10.4).
import { type Fields, isFields } from '../hub/reader.ts';
import { flattenSchema, mergeSchemas } from './flattenSchema.ts';

export type PlainSchema = Record<string, unknown>;

type PlainType = 'STRING' | 'NUMBER' | 'INTEGER' | 'BOOLEAN' | 'ARRAY' | 'OBJECT';

/** References that fan out could grow a schema without bounds. */
const maxNodes = 2_000;

const keptByType: Readonly<Record<PlainType, readonly string[]>> = {
  STRING: ['minLength', 'maxLength', 'pattern'],
  NUMBER: ['minimum', 'maximum'],
  INTEGER: ['minimum', 'maximum'],
  BOOLEAN: [],
  ARRAY: ['minItems', 'maxItems'],
  OBJECT: ['minProperties', 'maxProperties'],
};

const formatsByType: Readonly<Partial<Record<PlainType, readonly string[]>>> = {
  STRING: ['enum', 'date-time'],
  NUMBER: ['float', 'double'],
  INTEGER: ['int32', 'int64'],
};

const isPlainType = (type: string): type is PlainType => type in keptByType;

function typesOf(schema: Fields): { types: PlainType[]; nullable: boolean } {
  const given = (Array.isArray(schema.type) ? (schema.type as unknown[]) : [schema.type])
    .filter((type) => typeof type === 'string')
    .map((type) => type.toUpperCase());
  const nullable = given.includes('NULL') || schema.nullable === true || values(schema).includes(null);
  return { types: [...new Set(given.filter(isPlainType))], nullable };
}

function values(schema: Fields): readonly unknown[] {
  if ('const' in schema) return [schema.const];
  return Array.isArray(schema.enum) ? (schema.enum as unknown[]) : [];
}

function guessType(schema: Fields): PlainType {
  if (isFields(schema.properties) || 'additionalProperties' in schema) return 'OBJECT';
  if ('items' in schema || 'prefixItems' in schema) return 'ARRAY';
  const given = values(schema).filter((value) => value !== null);
  if (given.length > 0 && given.every((value) => typeof value === 'number'))
    return given.every(Number.isInteger) ? 'INTEGER' : 'NUMBER';
  if (given.length > 0 && given.every((value) => typeof value === 'boolean')) return 'BOOLEAN';
  if ('minimum' in schema || 'maximum' in schema) return 'NUMBER';
  return 'STRING';
}

/** A bound that excludes itself, as one that includes: exact for integers, near enough for the rest. */
function bound(schema: Fields, type: PlainType, side: 'minimum' | 'maximum'): number | null {
  const exclusive = schema[side === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum'];
  const inclusive = typeof schema[side] === 'number' ? schema[side] : null;
  const outer = typeof exclusive === 'number' ? exclusive : exclusive === true ? inclusive : null;
  if (outer === null) return inclusive;
  if (type !== 'INTEGER') return outer;
  return side === 'minimum' ? Math.floor(outer) + 1 : Math.ceil(outer) - 1;
}

/** Enums are Gemini's for strings alone; of other types the values are told in words. */
function writeValues(schema: Fields, type: PlainType): PlainSchema {
  const given = values(schema).filter((value) => value !== null);
  if (given.length === 0) return {};
  const strings = given.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  if (type === 'STRING') {
    const named = [...new Set(strings)].filter((value) => value !== '');
    return named.length > 0 ? { enum: named } : {};
  }
  if (type === 'ARRAY' || type === 'OBJECT') return {};
  const before = typeof schema.description === 'string' ? `${schema.description} ` : '';
  return { description: `${before}One of: ${strings.join(', ')}.` };
}

/** `schema` with nothing in it that Gemini's older `Schema` does not know. References are inlined, cycles cut. Never throws. */
export function plainSchema(root: Fields): PlainSchema {
  let nodes = 0;

  function said(schema: Fields, nullable: boolean): PlainSchema {
    const texts = ['title', 'description'].filter((name) => typeof schema[name] === 'string');
    return {
      ...Object.fromEntries(texts.map((name) => [name, schema[name]])),
      ...(nullable ? { nullable: true } : {}),
    };
  }

  function children(schema: Fields, type: PlainType, trail: readonly string[]): PlainSchema {
    if (type === 'ARRAY') {
      const items = Array.isArray(schema.items) ? (schema.items as unknown[])[0] : schema.items;
      const prefix = Array.isArray(schema.prefixItems) ? (schema.prefixItems as unknown[])[0] : undefined;
      return { items: plain(isFields(items) ? items : (prefix ?? {}), trail) };
    }
    if (type !== 'OBJECT' || !isFields(schema.properties)) return {};
    const properties = Object.fromEntries(
      Object.entries(schema.properties)
        .filter(([, value]) => value !== false)
        .map(([name, value]) => [name, plain(value, trail)]),
    );
    if (Object.keys(properties).length === 0) return {};
    const existing = (names: unknown) =>
      (Array.isArray(names) ? [...new Set(names as unknown[])] : []).filter(
        (name) => typeof name === 'string' && Object.hasOwn(properties, name),
      );
    const required = existing(schema.required);
    const ordering = existing(schema.propertyOrdering);
    return {
      properties,
      ...(required.length > 0 ? { required } : {}),
      ...(ordering.length > 0 ? { propertyOrdering: ordering } : {}),
    };
  }

  function typed(schema: Fields, type: PlainType, nullable: boolean, trail: readonly string[]): PlainSchema {
    const kept: PlainSchema = {};
    for (const name of keptByType[type]) {
      const value = name === 'minimum' || name === 'maximum' ? bound(schema, type, name) : schema[name];
      const wanted = name === 'pattern' ? 'string' : 'number';
      if (typeof value === wanted) kept[name] = value;
    }
    if (typeof schema.format === 'string' && formatsByType[type]?.includes(schema.format))
      kept.format = schema.format;
    for (const name of ['default', 'example']) if (schema[name] !== undefined) kept[name] = schema[name];
    const told = { ...said(schema, nullable), ...kept, ...writeValues(schema, type) };
    return { type, ...told, ...children(schema, type, trail) };
  }

  /** One of several: Gemini wants `anyOf` alone, so what stands beside it goes into each. */
  function union(schema: Fields, variants: readonly unknown[], trail: readonly string[]): PlainSchema {
    const { anyOf: _, oneOf: __, title, description, default: ___, nullable, ...shared } = schema;
    const flat = variants.flatMap((variant) => {
      const found = isFields(variant) ? flattenSchema(variant, root, trail) : null;
      return found ? [found] : [];
    });
    const isNull = ({ schema: { type } }: { schema: Fields }) => type === 'null' || type === 'NULL';
    const real = flat.filter((variant) => !isNull(variant));
    const allowsNull = nullable === true || real.length < flat.length;
    const [only] = real;
    if (!only) return typed(shared, guessType(shared), allowsNull, trail);
    const told = said({ title, description }, allowsNull);
    const written = real.map((variant) => plain(mergeSchemas(variant.schema, shared), variant.trail));
    return written.length === 1 ? { ...written[0], ...told } : { anyOf: written, ...told };
  }

  function plain(value: unknown, before: readonly string[]): PlainSchema {
    nodes += 1;
    if (!isFields(value)) return { type: 'STRING' };
    const flat = nodes > maxNodes ? null : flattenSchema(value, root, before);
    if (!flat) return { type: 'OBJECT', ...said(value, false) };
    const { schema, trail } = flat;
    const variants = [schema.anyOf, schema.oneOf].find((list) => Array.isArray(list) && list.length > 0);
    // Variants beside properties only say which of them are required together.
    if (variants && !isFields(schema.properties)) return union(schema, variants as unknown[], trail);
    const { types, nullable } = typesOf(schema);
    if (types.length > 1)
      return union(
        schema,
        types.map((type) => ({ type })),
        trail,
      );
    return typed(schema, types[0] ?? guessType(schema), nullable, trail);
  }

  return plain(root, []);
}
