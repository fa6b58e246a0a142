// Gemini's own `Schema` (OpenAPI 3.0: types in capitals, `nullable`) -> JSON Schema, as every other dialect reads it.
import { type Fields, isFields } from '../hub/reader.ts';
import type { Json, JsonObject } from '../hub/turn.ts';
import { camelFields } from './geminiFields.ts';

type Schema = Record<string, Json>;

const counts = new Set(['minItems', 'maxItems', 'minLength', 'maxLength', 'minProperties', 'maxProperties']);

const read = (value: unknown): Json => (isFields(value) ? toJsonSchema(value) : (value as Json));

function typeOf(type: Json | undefined): Json | undefined {
  if (Array.isArray(type)) return type.map((item: Json) => typeOf(item) ?? 'string');
  return typeof type === 'string' && type !== 'TYPE_UNSPECIFIED' ? type.toLowerCase() : undefined;
}

function allowNull(schema: Schema): Schema {
  const { type, enum: values, anyOf } = schema;
  if (Array.isArray(anyOf)) return { ...schema, anyOf: [...(anyOf as Json[]), { type: 'null' }] };
  return {
    ...schema,
    ...(typeof type === 'string' ? { type: [type, 'null'] } : {}),
    ...(Array.isArray(values) ? { enum: [...(values as Json[]), null] } : {}),
  } as Schema;
}

function member(name: string, value: unknown): [string, Json][] {
  if (name === 'type') {
    const type = typeOf(value as Json);
    return type === undefined ? [] : [['type', type]];
  }
  if (name === 'properties' && isFields(value))
    return [[name, Object.fromEntries(Object.entries(value).map(([key, item]) => [key, read(item)]))]];
  if (name === 'anyOf' && Array.isArray(value)) return [[name, value.map(read)]];
  if (name === 'items') return [[name, Array.isArray(value) ? value.map(read) : read(value)]];
  if (name === 'example') return [['examples', [value as Json]]];
  if (name === 'nullable' || name === 'propertyOrdering' || (name === 'format' && value === 'enum'))
    return [];
  // int64 travels as text in Google's JSON.
  if (counts.has(name) && typeof value === 'string') return [[name, Number(value)]];
  return [[name, value as Json]];
}

/** What is JSON Schema already stays as it is: clients mix the two, and so does Google. */
export function toJsonSchema(given: Fields): JsonObject {
  const fields = camelFields(given);
  const schema = Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => member(name, value)));
  return fields.nullable === true ? allowNull(schema) : schema;
}
