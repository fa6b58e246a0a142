// JSON Schemas as Anthropic takes them. What it holds an answer to is narrower than JSON Schema: the limits are those of its
// structured outputs page and of the SDK's own transformJSONSchema.
import { isFields } from '../hub/reader.ts';
import type { JsonObject } from '../hub/turn.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The schema says what can't be said here: an answer held to what is left would not be what was asked for. */
class UnfitError extends Error {
  override readonly name = 'UnfitError';
}

const formats = new Set('date-time time date duration email hostname uri ipv4 ipv6 uuid'.split(' '));
const plain = ['title', 'description', 'default', 'const', 'enum', 'type', 'required'] as const;
const structure = new Set<string>([
  ...plain,
  ...['$schema', '$id', '$ref', '$defs', 'definitions', '$comment', 'examples', 'additionalProperties'],
  ...['properties', 'items', 'anyOf', 'oneOf', 'allOf'],
]);
/** With these an object's members or a list's items have no names to hold them to. */
const unfit = [
  'patternProperties',
  'propertyNames',
  'prefixItems',
  'if',
  'unevaluatedProperties',
  '$dynamicRef',
];

function target(root: Schema, ref: unknown): Schema {
  if (ref === '#' || typeof ref !== 'string' || !ref.startsWith('#/')) throw new UnfitError();
  let node: unknown = root;
  for (const step of ref.slice(2).split('/')) {
    const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    node = isFields(node) ? node[name] : undefined;
  }
  if (!isFields(node)) throw new UnfitError();
  return node;
}

interface Walk {
  readonly root: Schema;
  /** Definitions we are inside of: to meet one of them again is a cycle. */
  readonly inside: readonly string[];
}

function cleanEach(nodes: unknown, walk: Walk): Record<string, unknown> {
  if (!isFields(nodes)) throw new UnfitError();
  return Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, clean(node, walk)]));
}

function cleanAll(nodes: unknown, walk: Walk): unknown[] {
  if (!Array.isArray(nodes)) throw new UnfitError();
  return nodes.map((node) => clean(node, walk));
}

function isOpenMap(node: Schema): boolean {
  const { additionalProperties: more, properties } = node;
  const named = isFields(properties) && Object.keys(properties).length > 0;
  return isFields(more) || (!named && more !== false);
}

/** What the model is asked to keep to, as it is not held to it. */
function rulesOf(node: Schema): string | null {
  const rules = Object.entries(node).filter(([name, value]) => {
    if (structure.has(name)) return false;
    if (name === 'format') return typeof value !== 'string' || !formats.has(value);
    return !(name === 'minItems' && (value === 0 || value === 1));
  });
  return rules.length === 0
    ? null
    : rules.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join('; ');
}

function clean(node: unknown, walk: Walk): Record<string, unknown> {
  if (!isFields(node) || unfit.some((name) => name in node)) throw new UnfitError();
  if (node.$ref !== undefined) {
    const ref = node.$ref as string;
    if (walk.inside.includes(ref)) throw new UnfitError();
    clean(target(walk.root, ref), { ...walk, inside: [...walk.inside, ref] });
    return { $ref: ref };
  }
  const result: Record<string, unknown> = {};
  for (const name of plain) if (node[name] !== undefined) result[name] = node[name];
  const { anyOf, oneOf, allOf, items, properties, type, format, minItems } = node;
  if (anyOf ?? oneOf) result.anyOf = cleanAll(anyOf ?? oneOf, walk);
  if (allOf) result.allOf = cleanAll(allOf, walk);
  const isObject = type === 'object' || (Array.isArray(type) && type.includes('object')) || !!properties;
  if (isObject) {
    if (isOpenMap(node)) throw new UnfitError();
    result.properties = cleanEach(properties ?? {}, walk);
    result.additionalProperties = false;
  }
  if (items !== undefined) result.items = clean(items, walk);
  if (typeof format === 'string' && formats.has(format)) result.format = format;
  if (minItems === 0 || minItems === 1) result.minItems = minItems;
  const says = ['type', 'enum', 'const', 'anyOf', 'allOf'].some((name) => name in result);
  if (!says && !isObject) throw new UnfitError();
  const rules = rulesOf(node);
  if (rules !== null)
    result.description = [result.description, rules].filter((text) => text !== undefined).join('\n');
  return result;
}

/** The schema with what Anthropic can hold an answer to; null where that would change what it means. */
export function cleanSchema(schema: JsonObject): Record<string, unknown> | null {
  const walk: Walk = { root: schema, inside: [] };
  try {
    const result = clean(schema, walk);
    for (const name of ['$defs', 'definitions'] as const)
      if (schema[name] !== undefined) result[name] = cleanEach(schema[name], walk);
    return result;
  } catch (error) {
    if (error instanceof UnfitError || error instanceof URIError) return null;
    throw error;
  }
}
