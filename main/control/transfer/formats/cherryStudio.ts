// Cherry Studio's providers: data.json of a backup (`localStorage["persist:cherry-studio"]`, a text of texts), or the list itself.
// Format: CherryHQ/cherry-studio src/renderer/src/services/BackupService.ts, store/llm.ts, types/provider.ts, utils/api.ts.
import type { EndpointKind } from '../../../contract/schemas/endpoint.ts';
import {
  accountsOf,
  createGathering,
  type Gathering,
  type Incoming,
  isObject,
  type Json,
  objectsIn,
  textOf,
  withVersion,
} from '../incoming.ts';
import { rootOf } from './wholePath.ts';

const kinds: Readonly<Record<string, EndpointKind>> = {
  openai: 'openai',
  'openai-response': 'openai',
  mistral: 'openai',
  'new-api': 'openai',
  ollama: 'openai',
  anthropic: 'anthropic',
  gemini: 'gemini',
  'azure-openai': 'azure',
};

/** Their hosts take no version, whatever the program adds to others. */
const versionless = new Set(['github', 'copilot', 'perplexity']);

/** Members of what is saved are texts of their own. */
function opened(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

function providersIn(document: Json): Json[] {
  const storage = isObject(document.localStorage) ? document.localStorage : {};
  const saved = opened(storage['persist:cherry-studio']);
  const llm = opened(isObject(saved) ? saved.llm : document.llm);
  return objectsIn(isObject(llm) ? llm.providers : []).filter((one) => 'apiHost' in one);
}

export function isCherryStudio(document: Json): boolean {
  return providersIn(document).length > 0;
}

/** Commas part the keys, but for those behind a backslash. */
const keysOf = (text: string): string[] =>
  text
    .split(/(?<!\\)[,，\n]/)
    .map((key) => key.trim().replaceAll('\\,', ','))
    .filter(Boolean);

function addressOf(provider: Json, kind: EndpointKind): string {
  const host = textOf(provider.apiHost).replace(/\/+$/, '');
  // A # says: just as it stands, with its whole path.
  const whole = host.endsWith('#');
  const bare = host.replace(/#$/, '');
  if (!URL.canParse(bare)) return bare;
  if (kind === 'azure') return bare.replace(/\/openai(?:\/v1)?$/, '');
  if (kind !== 'openai' || whole) return rootOf(bare, kind);
  if (provider.type === 'ollama') return withVersion(bare.replace(/\/(?:api|v1)$/, ''));
  const options = isObject(provider.apiOptions) ? provider.apiOptions : {};
  const plain = options.isNotSupportAPIVersion === true || versionless.has(textOf(provider.id));
  return plain ? bare : withVersion(bare);
}

function optionsOf(provider: Json, kind: EndpointKind): Json {
  const version = textOf(provider.apiVersion);
  if (kind === 'azure' && /^\d{4}-\d\d-\d\d(?:-preview)?$/.test(version)) return { apiVersion: version };
  return {};
}

/** It waits so many seconds between two requests. */
const rpmOf = (seconds: unknown): number =>
  typeof seconds === 'number' && seconds > 0 ? Math.max(1, Math.floor(60 / seconds)) : -1;

/** Servers of one's own need no key. */
const isLocal = (address: string): boolean =>
  URL.canParse(address) && /^(?:localhost|127\.|\[::1\]|10\.|192\.168\.)/.test(new URL(address).hostname);

function readProvider(provider: Json, found: Gathering): void {
  const name = textOf(provider.name) || textOf(provider.id);
  const type = textOf(provider.type) || 'openai';
  const keys = keysOf(textOf(provider.apiKey));
  const enabled = provider.enabled === true;
  if (provider.authType === 'oauth' || provider.isAuthed === true) {
    found.note('signed-in', name);
    return;
  }
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  const address = kind ? addressOf(provider, kind) : '';
  // It lists every provider it knows; those nobody gave a key are no one's.
  const wanted = keys.length > 0 || (enabled && isLocal(address)) || provider.isSystem !== true;
  if (!wanted) return;
  if (!kind || !address) {
    if (enabled || keys.length > 0) found.note(kind ? 'no-address' : 'unknown-provider', name, type);
    return;
  }
  if (keys.length === 0 && !isLocal(address)) found.note('no-keys', name);
  found.endpoint(
    {
      id: 'imported',
      name,
      kind,
      baseUrl: address,
      enabled,
      accounts: accountsOf(keys),
      models: [...new Set(objectsIn(provider.models).map(({ id }) => textOf(id)))].filter(Boolean),
      limits: { rpm: rpmOf(provider.rateLimit) },
      headers: isObject(provider.extra_headers) ? provider.extra_headers : {},
      options: optionsOf(provider, kind),
    },
    name,
  );
  if (textOf(provider.anthropicApiHost) && provider.isSystem !== true)
    found.note('not-carried', name, 'anthropicApiHost');
}

export function readCherryStudio(document: Json): Incoming {
  const found = createGathering();
  for (const provider of providersIn(document)) readProvider(provider, found);
  return {
    source: 'cherry-studio',
    endpoints: found.endpoints,
    clientKeys: [],
    sections: {},
    notes: found.notes,
  };
}
