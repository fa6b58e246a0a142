// claude-code-router: config.json with `Providers` and `Router`, or the data export of its desktop program, which has the same inside.
// Format: musistudio/claude-code-router README.md (1.x), packages/core/src/contracts/app.ts and web/management-server.ts (3.x).
import type { EndpointKind } from '../../../contract/schemas/endpoint.ts';
import {
  createGathering,
  firstOf,
  type Gathering,
  type Incoming,
  type IncomingSections,
  isObject,
  type Json,
  objectsIn,
  proxyIn,
  textOf,
  textsIn,
  withVersion,
} from '../incoming.ts';
import { kindAt, rootOf } from './wholePath.ts';

const exportKind = 'claude-code-router-data-export';

const addressNames = ['api_base_url', 'baseUrl', 'baseurl'] as const;
const keyNames = ['api_key', 'apiKey', 'apikey'] as const;

const configIn = (document: Json): Json =>
  document.kind === exportKind && isObject(document.config) ? document.config : document;

const providersIn = (config: Json): Json[] => objectsIn(config.Providers ?? config.providers);

export function isClaudeCodeRouter(document: Json): boolean {
  if (document.kind === exportKind) return true;
  return providersIn(document).some((one) => 'api_base_url' in one);
}

const protocols: Readonly<Record<string, { kind: EndpointKind; options?: Json }>> = {
  openai_chat_completions: { kind: 'openai', options: { api: 'chat' } },
  openai_responses: { kind: 'openai', options: { api: 'responses' } },
  anthropic_messages: { kind: 'anthropic' },
  gemini_generate_content: { kind: 'gemini' },
};
/** Sign in by ways of their own, or speak what is not spoken here. */
const foreign =
  /^(?:gemini-cli|qwen-cli|rovo-cli|vertex-gemini|vertex-claude|vertex-openai|gemini_interactions)$/i;
/** Transformers that only say who answers. */
const dialects: Readonly<Record<string, EndpointKind>> = { anthropic: 'anthropic', gemini: 'gemini' };
const plain = new Set([
  'openai',
  'deepseek',
  'groq',
  'openrouter',
  'cerebras',
  'vercel',
  ...Object.keys(dialects),
]);

/** Every transformer named, for the provider or one of its models; options left out. */
function transformersOf(provider: Json): string[] {
  const given = isObject(provider.transformer) ? provider.transformer : {};
  const uses = [given.use, ...Object.values(given).map((one) => (isObject(one) ? one.use : undefined))];
  const names = uses.flatMap((use) => (Array.isArray(use) ? use : []));
  return [...new Set(names.map((one) => textOf(Array.isArray(one) ? one[0] : one)))].filter(Boolean);
}

/** A key, or the variable that holds it: `$NAME` and `${NAME}`. */
function secretOf(text: string): string | { env: string } {
  const name = /^\$(?:\{([A-Za-z_]\w*)\}|([A-Z_][A-Z0-9_]*))$/.exec(text);
  const variable = name?.[1] ?? name?.[2];
  return variable ? { env: variable } : text;
}

const ownLimits = ['rpm', 'rpd', 'tpm', 'tpd'] as const;

function accountsOf(provider: Json): { accounts: unknown[]; left: string[] } {
  const left = new Set<string>();
  const pool = objectsIn(provider.credentials).filter((one) => firstOf(one, ...keyNames));
  const single = firstOf(provider, ...keyNames);
  if (pool.length === 0)
    return { accounts: single ? [{ id: 'a1', secret: secretOf(single) }] : [], left: [] };
  const accounts = pool.map((one, index) => {
    const limits = isObject(one.limits) ? one.limits : {};
    const kept = ownLimits.filter((name) => typeof limits[name] === 'number' && Number(limits[name]) > 0);
    for (const name of Object.keys(limits))
      if (!(ownLimits as readonly string[]).includes(name)) left.add(name);
    return {
      id: `a${index + 1}`,
      name: firstOf(one, 'name', 'label'),
      secret: secretOf(firstOf(one, ...keyNames)),
      enabled: one.enabled !== false,
      weight: typeof one.weight === 'number' && one.weight >= 0 ? one.weight : 1,
      limits: Object.fromEntries(kept.map((name) => [name, Math.floor(Number(limits[name]))])),
    };
  });
  return { accounts, left: [...left] };
}

/** Names that Claude Code asks for, by what the router calls them. */
const asked: Readonly<Record<string, readonly string[]>> = {
  default: ['claude-*'],
  background: ['claude-haiku-*', 'claude-3-5-haiku-*'],
};

/** `provider,model` of each route, by provider. */
function routesIn(config: Json): { mapped: Map<string, Json>; left: string[] } {
  const router = isObject(config.Router) ? config.Router : {};
  const mapped = new Map<string, Json>();
  const left: string[] = [];
  for (const [route, target] of Object.entries(router)) {
    const [, provider, model] = /^([^,]+),(.+)$/s.exec(textOf(target)) ?? [];
    const names = Object.hasOwn(asked, route) ? asked[route] : undefined;
    if (names && provider && model) {
      const name = provider.trim();
      const mapping = mapped.get(name) ?? {};
      for (const client of names) mapping[client] = model.trim();
      mapped.set(name, mapping);
    } else if (textOf(target) || Object.keys(Object(target)).length > 0) left.push(route);
  }
  return { mapped, left };
}

function readProvider(provider: Json, modelMapping: Json, found: Gathering): void {
  const name = textOf(provider.name);
  const transformers = transformersOf(provider);
  const type = textOf(provider.type);
  const strange = [type, ...transformers].find((one) => foreign.test(one));
  if (strange) {
    found.note('unknown-provider', name, strange);
    return;
  }
  const address = firstOf(provider, ...addressNames);
  if (!URL.canParse(address)) {
    found.note('no-address', name, addressNames[0]);
    return;
  }
  const protocol = Object.hasOwn(protocols, type) ? protocols[type] : undefined;
  const said = transformers.map((one) => dialects[one.toLowerCase()]).find(Boolean);
  const kind = protocol?.kind ?? said ?? kindAt(address);
  const root = rootOf(address, kind);
  // Where the protocol is named, the address may be that of a host alone.
  const bare = protocol !== undefined && kind === 'openai' && new URL(root).pathname === '/';
  const { accounts, left } = accountsOf(provider);
  found.endpoint(
    {
      id: 'imported',
      name,
      kind,
      baseUrl: bare ? withVersion(root) : root,
      enabled: provider.enabled !== false,
      accounts,
      models: textsIn(provider.models),
      modelMapping,
      headers: isObject(provider.extraHeaders) ? provider.extraHeaders : {},
      options: protocol?.options ?? {},
    },
    name,
  );
  const others = transformers.filter((one) => !plain.has(one.toLowerCase()));
  const all = [...others, ...left, ...(provider.extraBody === undefined ? [] : ['extraBody'])];
  if (all.length > 0) found.note('not-carried', name, all.join(', '));
}

export function readClaudeCodeRouter(document: Json): Incoming {
  const found = createGathering();
  const config = configIn(document);
  const { mapped, left } = routesIn(config);
  for (const provider of providersIn(config))
    readProvider(provider, mapped.get(textOf(provider.name)) ?? {}, found);
  if (left.length > 0) found.note('not-carried', 'Router', left.join(', '));
  if (textOf(config.APIKEY) || objectsIn(config.APIKEYS).length > 0)
    found.note('own-key', 'claude-code-router');
  const proxy = proxyIn(config.PROXY_URL);
  return {
    source: 'claude-code-router',
    endpoints: found.endpoints,
    clientKeys: [],
    sections: (proxy ? { network: { proxy } } : {}) as IncomingSections,
    notes: found.notes,
  };
}
