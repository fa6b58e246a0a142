// Gives ids to what a person wrote into settings.json without: `{"baseUrl": "http://localhost:11434"}` is a whole endpoint.
import { nextAccountId, slug, uniqueId, wishedEndpointId } from '../base/uniqueId.ts';
import type { JsonObject } from './parseSettings.ts';

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The list with an id for every object that has none; the same list where all have one, or where it is no list. */
function fill(list: unknown, idFor: (item: JsonObject, taken: string[]) => string): unknown {
  if (!Array.isArray(list) || list.every((item) => !isObject(item) || item.id !== undefined)) return list;
  const taken = list.filter(isObject).map((item) => text(item.id));
  return list.map((item: unknown) => {
    if (!isObject(item) || item.id !== undefined) return item;
    const id = idFor(item, taken);
    taken.push(id);
    return { id, ...item };
  });
}

function endpointId(endpoint: JsonObject, taken: string[]): string {
  const { name, baseUrl, kind } = endpoint;
  return uniqueId(
    wishedEndpointId({ name: text(name), baseUrl: text(baseUrl), kind: text(kind) || 'openai' }),
    taken,
  );
}

/** The same document where nothing is missing. It judges nothing: what is wrong stays for the schema to say. */
export function withIds(document: JsonObject): JsonObject {
  const clientKeys = fill(document.clientKeys, (key, taken) =>
    uniqueId(slug(text(key.name)) || 'key', taken),
  );
  let endpoints = fill(document.endpoints, endpointId);
  if (Array.isArray(endpoints)) {
    const filled = endpoints.map((endpoint: unknown) => {
      if (!isObject(endpoint)) return endpoint;
      const accounts = fill(endpoint.accounts, (_account, taken) => nextAccountId(taken));
      return accounts === endpoint.accounts ? endpoint : { ...endpoint, accounts };
    });
    if (filled.some((endpoint, index) => endpoint !== (endpoints as unknown[])[index])) endpoints = filled;
  }
  if (clientKeys === document.clientKeys && endpoints === document.endpoints) return document;
  return {
    ...document,
    ...(clientKeys === undefined ? {} : { clientKeys }),
    ...(endpoints === undefined ? {} : { endpoints }),
  };
}
