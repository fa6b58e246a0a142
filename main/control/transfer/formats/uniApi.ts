// uni-api's api.yaml: `providers: [{provider, base_url, api: key or keys, model: [name or {upstream: name}], preferences}]`.
import type { EndpointKind } from '../../../contract/schemas/endpoint.ts';
import {
  accountsOf,
  createGathering,
  type Incoming,
  isObject,
  type Json,
  objectsIn,
  proxyIn,
  textOf,
} from '../incoming.ts';
import { kindAt, rootOf } from './wholePath.ts';

export function isUniApi(document: Json): boolean {
  return objectsIn(document.providers).some(
    (one) => 'provider' in one && ('api' in one || 'base_url' in one),
  );
}

/** Providers that sign their requests in ways of their own. */
const foreign = /^(?:vertex|cloudflare|aws)/;

const engines: Readonly<Record<string, EndpointKind>> = { claude: 'anthropic', gemini: 'gemini' };

/** `15/min,10/day` -> rpm and rpd. */
function limitsOf(text: string): Json {
  const read = (unit: string): number => {
    const found = new RegExp(`(\\d+)\\s*/\\s*${unit}`).exec(text)?.[1];
    return found && Number(found) < 900_000 ? Number(found) : -1;
  };
  return { rpm: read('min'), rpd: read('day') };
}

export function readUniApi(document: Json): Incoming {
  const found = createGathering();
  for (const one of objectsIn(document.providers)) {
    const name = textOf(one.provider);
    const base = textOf(one.base_url);
    if (foreign.test(name) && !base.includes('/v1')) {
      found.note('unknown-provider', name, name);
      continue;
    }
    if (!URL.canParse(base)) {
      found.note('no-address', name);
      continue;
    }
    const kind = engines[textOf(one.engine)] ?? kindAt(base);
    const keys = (Array.isArray(one.api) ? one.api : [one.api]).map(textOf).filter(Boolean);
    const models: string[] = [];
    const modelMapping: Json = {};
    for (const model of Array.isArray(one.model) ? one.model : []) {
      const pairs = isObject(model) ? Object.entries(model) : [[textOf(model), textOf(model)] as const];
      for (const [upstream, client] of pairs) {
        if (!upstream) continue;
        if (!models.includes(upstream)) models.push(upstream);
        if (textOf(client) && textOf(client) !== upstream) modelMapping[textOf(client)] = upstream;
      }
    }
    const preferences = isObject(one.preferences) ? one.preferences : {};
    found.endpoint(
      {
        id: 'imported',
        name,
        kind,
        baseUrl: rootOf(base, kind),
        accounts: accountsOf(keys),
        models,
        modelMapping,
        limits: limitsOf(textOf(preferences.api_key_rate_limit)),
        headers: isObject(preferences.headers) ? preferences.headers : {},
        proxy: proxyIn(preferences.proxy),
      },
      name,
    );
  }
  if (objectsIn(document.api_keys).some((key) => textOf(key.api))) found.note('own-key', 'uni-api');
  return { source: 'uni-api', endpoints: found.endpoints, clientKeys: [], sections: {}, notes: found.notes };
}
