import { isObject, type Json, objectOr, stringOr } from './asked.ts';

/** Strings that samples are made of; each round of calls takes the next, so that parallel calls differ. */
const words = ['Zürich', 'Genève'];

function typeOf(schema: Json): string {
  const type: unknown = Array.isArray(schema.type)
    ? schema.type.find((one) => one !== 'null')
    : (schema.type ?? (isObject(schema.properties) ? 'object' : undefined));
  return stringOr(type, 'string').toLowerCase();
}

/** A value that the schema allows: the words and numbers are the same every time. `round` 0, 1 … varies the strings. */
export function sampleOf(schema: Json, round = 0): unknown {
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if ('const' in schema) return schema.const;
  const branches = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(branches)) return sampleOf(objectOr(branches[0]), round);
  switch (typeOf(schema)) {
    case 'object':
      return Object.fromEntries(
        Object.entries(objectOr(schema.properties)).map(([name, inner]) => [
          name,
          sampleOf(objectOr(inner), round),
        ]),
      );
    case 'array':
      return [sampleOf(objectOr(schema.items), round)];
    case 'integer':
      return 3;
    case 'number':
      return 1.5;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return words[round % words.length];
  }
}
