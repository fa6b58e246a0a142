// Schemas of tools, and what the makers of models insist on.
import { isFields } from './reader.ts';
import type { FunctionTool, JsonObject } from './turn.ts';

const branches = ['anyOf', 'oneOf', 'allOf'] as const;

/**
 * Anthropic and OpenAI want an object at the top of a tool's input, and no choice of several there: their members are put
 * together.
 */
export function toolSchema(schema: JsonObject | null): {
  schema: Record<string, unknown>;
  repaired: boolean;
} {
  if (!schema) return { schema: { type: 'object', properties: {} }, repaired: false };
  const found = branches.filter((name) => Array.isArray(schema[name]));
  const whole: Record<string, unknown> = { ...schema, type: 'object' };
  if (found.length === 0) return { schema: whole, repaired: schema.type !== 'object' };
  let properties: Record<string, unknown> = {};
  const required: unknown[] = Array.isArray(schema.required) ? [...schema.required] : [];
  for (const name of found) {
    for (const branch of schema[name] as readonly unknown[]) {
      if (!isFields(branch)) continue;
      if (isFields(branch.properties)) properties = { ...properties, ...branch.properties };
      if (name === 'allOf' && Array.isArray(branch.required))
        required.push(...(branch.required as unknown[]));
    }
    delete whole[name];
  }
  whole.properties = { ...properties, ...(isFields(schema.properties) ? schema.properties : {}) };
  if (required.length > 0) whole.required = [...new Set(required)];
  return { schema: whole, repaired: true };
}

/** The same for OpenAI, which insists on `properties` too: many an MCP server leaves them out. */
export function openaiToolSchema(schema: JsonObject | null): {
  schema: Record<string, unknown>;
  repaired: boolean;
} {
  const whole = toolSchema(schema);
  return isFields(whole.schema.properties)
    ? whole
    : { schema: { ...whole.schema, properties: {} }, repaired: true };
}

/** Says for the record that tools were changed by that; a tool without any schema was not. */
export function schemaRepairs(tools: readonly FunctionTool[]): string[] {
  const repaired = tools.some(({ schema }) => schema && openaiToolSchema(schema).repaired);
  return repaired ? ['made an object of tool schemas'] : [];
}

const unfit = ['oneOf', 'allOf', 'not', 'if', 'patternProperties', 'dependentRequired', 'dependentSchemas'];

/** OpenAI holds a model to it: each object is closed, and requires all of its members. Else it refuses `strict`. */
export function fitsStrict(schema: unknown): boolean {
  if (!isFields(schema) || unfit.some((name) => name in schema)) return false;
  const { type, properties = {}, required, additionalProperties, items, anyOf } = schema;
  const isObject =
    type === 'object' || (Array.isArray(type) && type.includes('object')) || 'properties' in schema;
  if (!isFields(properties)) return false;
  const names = Object.keys(properties);
  const needed: readonly unknown[] = Array.isArray(required) ? required : [];
  if (isObject && (additionalProperties !== false || !names.every((name) => needed.includes(name))))
    return false;
  const defined = [schema.$defs, schema.definitions].filter(isFields).flatMap(Object.values);
  const within = [
    ...Object.values(properties),
    ...(items === undefined ? [] : [items]),
    ...(Array.isArray(anyOf) ? (anyOf as unknown[]) : []),
    ...(defined as unknown[]),
  ];
  return within.every(fitsStrict);
}
