// api-together's apis.json: `{server: {port, apiKey}, apis: [{name, baseUrl, apiKey, rpm, rpd, enabled, models, modelMapping}]}`.
import {
  createGathering,
  type Incoming,
  isObject,
  type Json,
  objectsIn,
  textOf,
  withVersion,
} from '../incoming.ts';

export function isApiTogether(document: Json): boolean {
  return objectsIn(document.apis).some((api) => 'baseUrl' in api);
}

export function readApiTogether(document: Json): Incoming {
  const found = createGathering();
  for (const api of objectsIn(document.apis)) {
    const name = textOf(api.name) || textOf(api.id);
    const key = textOf(api.apiKey);
    const limit = (value: unknown): number =>
      typeof value === 'number' && value >= -1 ? Math.floor(value) : -1;
    found.endpoint(
      {
        id: 'imported',
        name,
        // It writes the version's path itself where the address has none.
        baseUrl: withVersion(textOf(api.baseUrl)),
        enabled: api.enabled !== false,
        accounts: key ? [{ id: 'a1', secret: key }] : [],
        models: Array.isArray(api.models) ? api.models.map(textOf).filter(Boolean) : [],
        modelMapping: isObject(api.modelMapping) ? api.modelMapping : {},
        limits: { rpm: limit(api.rpm), rpd: limit(api.rpd) },
      },
      name,
    );
  }
  if (isObject(document.server) && textOf(document.server.apiKey)) found.note('own-key', 'api-together');
  return {
    source: 'api-together',
    endpoints: found.endpoints,
    clientKeys: [],
    sections: {},
    notes: found.notes,
  };
}
