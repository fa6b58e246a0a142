// Resolves what a JSON Schema says elsewhere (`$ref`) or in pieces (`allOf`), one level at a time: children are left for the caller.
import { type Fields, isFields } from '../hub/reader.ts';

export interface FlatSchema {
  readonly schema: Fields;
  /** The references that led here. */
  readonly trail: readonly string[];
}

/** A reference is followed twice on one way: what one schema is built of may well stand inside it too; more is a cycle. */
const maxRepeats = 2;

function lookUp(root: Fields, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined;
  let found: unknown = root;
  for (const step of reference.slice(1).split('/').slice(1)) {
    const name = decodeStep(step);
    found = Array.isArray(found)
      ? found[Number(name)]
      : isFields(found) && Object.hasOwn(found, name)
        ? found[name]
        : undefined;
  }
  return found;
}

function decodeStep(step: string): string {
  const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Both must hold: properties and required of both, of other keywords the first's. */
export function mergeSchemas(first: Fields, second: Fields): Fields {
  const merged: Record<string, unknown> = { ...second, ...first };
  if (isFields(first.properties) && isFields(second.properties))
    merged.properties = { ...second.properties, ...first.properties };
  if (Array.isArray(first.required) && Array.isArray(second.required))
    merged.required = [...new Set([...first.required, ...second.required])];
  return merged;
}

/** Null where it refers to itself over and over, or to nothing. `before`: the references that led to `given`. */
export function flattenSchema(given: Fields, root: Fields, before: readonly string[]): FlatSchema | null {
  const { $ref, allOf, ...own } = given;
  let schema: Fields = own;
  let trail = before;
  if (typeof $ref === 'string') {
    const met = before.filter((reference) => reference === $ref).length;
    const target = met < maxRepeats ? lookUp(root, $ref) : undefined;
    const flat = isFields(target) ? flattenSchema(target, root, [...before, $ref]) : null;
    if (!flat && target !== true) return null;
    if (flat) {
      schema = mergeSchemas(schema, flat.schema);
      trail = flat.trail;
    }
  }
  for (const item of Array.isArray(allOf) ? (allOf as unknown[]) : []) {
    const flat = isFields(item) ? flattenSchema(item, root, trail) : null;
    if (!flat) continue;
    schema = mergeSchemas(schema, flat.schema);
    trail = flat.trail;
  }
  return { schema, trail };
}
