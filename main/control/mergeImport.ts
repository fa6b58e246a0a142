// Lays an imported settings document over another: sections field by field, endpoints, accounts and client keys by id.
import type { JsonObject } from '../store/parseSettings.ts';

const sections = ['server', 'network', 'routing', 'timeouts', 'usage', 'ui'];

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const listOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

function mergeById(base: unknown, over: unknown, merge: (a: JsonObject, b: JsonObject) => JsonObject) {
  const merged = listOf(base).map((item) => ({ ...item }));
  for (const item of listOf(over)) {
    const at = merged.findIndex((candidate) => candidate.id === item.id);
    if (at < 0) merged.push(item);
    else merged[at] = merge(merged[at] ?? {}, item);
  }
  return merged;
}

/** A new document; neither argument changes. Both have passed `parseSettings`. */
export function mergeImport(base: JsonObject, over: JsonObject): JsonObject {
  const result: JsonObject = { ...base, ...over };
  for (const section of sections)
    if (isObject(base[section]) && isObject(over[section]))
      result[section] = { ...base[section], ...over[section] };
  if (base.clientKeys !== undefined && over.clientKeys !== undefined)
    result.clientKeys = mergeById(base.clientKeys, over.clientKeys, (a, b) => ({ ...a, ...b }));
  if (base.endpoints !== undefined && over.endpoints !== undefined) {
    result.endpoints = mergeById(base.endpoints, over.endpoints, (a, b) => {
      const accounts =
        b.accounts === undefined
          ? a.accounts
          : mergeById(a.accounts, b.accounts, (one, two) => ({ ...one, ...two }));
      return { ...a, ...b, ...(accounts === undefined ? {} : { accounts }) };
    });
  }
  return structuredClone(result);
}
