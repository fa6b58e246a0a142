// What a provider of cc-switch holds for each program it switches: that program's own settings, with address, key and models.
// Format: farion1231/cc-switch src-tauri/src/provider.rs, deeplink/provider.rs, src/config/*ProviderPresets.ts.
import type { EndpointKind } from '../../../contract/schemas/endpoint.ts';
import { firstOf, isObject, type Json, textOf, withVersion } from '../incoming.ts';
import { rootOf } from './wholePath.ts';

export interface AppProvider {
  kind: EndpointKind;
  /** Empty: it names none. */
  address: string;
  secret: string | { env: string } | null;
  models: string[];
  modelMapping: Json;
  options: Json;
  headers: Json;
}

type Spoken = Pick<AppProvider, 'kind' | 'options'>;

const chat: Spoken = { kind: 'openai', options: { api: 'chat' } };
const responses: Spoken = { kind: 'openai', options: { api: 'responses' } };
const anthropic: Spoken = { kind: 'anthropic', options: {} };
const gemini: Spoken = { kind: 'gemini', options: {} };

/** What the programs call the protocols. */
const spoken: Readonly<Record<string, Spoken>> = {
  anthropic,
  'anthropic-messages': anthropic,
  anthropic_messages: anthropic,
  '@ai-sdk/anthropic': anthropic,
  openai_chat: chat,
  'openai-completions': chat,
  chat_completions: chat,
  chat,
  openai_responses: responses,
  'openai-responses': responses,
  codex_responses: responses,
  responses,
  gemini_native: gemini,
  'google-generative-ai': gemini,
  '@ai-sdk/google': gemini,
};

const open: Spoken = { kind: 'openai', options: {} };
const spokenAs = (name: string, otherwise: Spoken): Spoken =>
  (Object.hasOwn(spoken, name) ? spoken[name] : undefined) ?? otherwise;

/** `{env:NAME}` is how OpenCode names a variable. */
function secretOf(text: string): AppProvider['secret'] {
  const name = /^\{env:([A-Za-z_]\w*)\}$/.exec(text)?.[1];
  return name ? { env: name } : text || null;
}

/** `[1m]` asks Claude Code for a long context; it is no part of the name. */
const bareModel = (name: string): string => name.replace(/\[1m\]$/i, '');

const modelsIn = (...names: readonly string[]): string[] =>
  [...new Set(names.map(bareModel))].filter(Boolean);

/** Models as a list of `{id}` or texts, or by their names. */
function listed(models: unknown): string[] {
  if (Array.isArray(models)) return modelsIn(...models.map((one) => textOf(isObject(one) ? one.id : one)));
  return isObject(models) ? modelsIn(...Object.keys(models)) : [];
}

/** Claude Code asks by these names; the provider has others for them. */
const tiers = { OPUS: 'claude-opus-*', SONNET: 'claude-sonnet-*', HAIKU: 'claude-haiku-*' } as const;

function readClaude(settings: Json, meta: Json): AppProvider {
  const env = isObject(settings.env) ? settings.env : {};
  const modelMapping: Json = {};
  const byTier: string[] = [];
  for (const [tier, asked] of Object.entries(tiers)) {
    const model = bareModel(textOf(env[`ANTHROPIC_DEFAULT_${tier}_MODEL`]));
    byTier.push(model);
    if (model && !model.startsWith('claude-')) modelMapping[asked] = model;
  }
  const way = spokenAs(textOf(meta.apiFormat), anthropic);
  const base = textOf(env.ANTHROPIC_BASE_URL);
  const root = URL.canParse(base) ? rootOf(base, way.kind) : base;
  return {
    ...way,
    address: root && way.kind === 'openai' && meta.isFullUrl !== true ? withVersion(root) : root,
    secret: secretOf(
      firstOf(env, 'ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_API_KEY', 'OPENROUTER_API_KEY', 'GOOGLE_API_KEY'),
    ),
    models: modelsIn(textOf(env.ANTHROPIC_MODEL), ...byTier, textOf(env.ANTHROPIC_SMALL_FAST_MODEL)),
    modelMapping,
    headers: {},
  };
}

function readCodex(settings: Json, toml: TomlReader): AppProvider {
  const auth = isObject(settings.auth) ? settings.auth : {};
  const tables = toml(textOf(settings.config));
  const top = tables.get('');
  const provider = tables.get(`model_providers.${top?.get('model_provider') ?? ''}`);
  const variable = provider?.get('env_key') ?? '';
  const key = textOf(auth.OPENAI_API_KEY) || (provider ?? top)?.get('experimental_bearer_token') || '';
  return {
    ...spokenAs(provider?.get('wire_api') ?? '', responses),
    address: provider?.get('base_url') ?? top?.get('base_url') ?? '',
    secret: key || (variable ? { env: variable } : null),
    models: modelsIn(top?.get('model') ?? ''),
    modelMapping: {},
    headers: {},
  };
}

function readGrok(settings: Json, toml: TomlReader): AppProvider {
  const tables = toml(textOf(settings.config));
  const chosen = tables.get('models')?.get('default') ?? '';
  const model = tables.get(`model.${chosen}`);
  return {
    ...spokenAs(model?.get('api_backend') ?? '', responses),
    address: model?.get('base_url') ?? '',
    secret: secretOf(model?.get('api_key') ?? ''),
    models: modelsIn(model?.get('model') ?? chosen),
    modelMapping: {},
    headers: {},
  };
}

function readGemini(settings: Json): AppProvider {
  const env = isObject(settings.env) ? settings.env : {};
  return {
    ...gemini,
    address: textOf(env.GOOGLE_GEMINI_BASE_URL),
    secret: secretOf(firstOf(env, 'GEMINI_API_KEY', 'GOOGLE_API_KEY')),
    models: modelsIn(textOf(env.GEMINI_MODEL)),
    modelMapping: {},
    headers: {},
  };
}

/** Programs that have address, key and models side by side, each under names of its own. */
function readFlat(settings: Json): AppProvider {
  const inner = isObject(settings.options) ? settings.options : settings;
  return {
    ...spokenAs(firstOf(settings, 'npm', 'api', 'api_mode'), open),
    address: firstOf(inner, 'baseURL', 'baseUrl', 'base_url'),
    secret: secretOf(firstOf(inner, 'apiKey', 'api_key')),
    models: listed(settings.models),
    modelMapping: {},
    headers: isObject(inner.headers) ? inner.headers : {},
  };
}

export type TomlReader = (text: string) => Map<string, Map<string, string>>;

/** Null for a program that is not known. */
export function readApp(app: string, settings: Json, meta: Json, toml: TomlReader): AppProvider | null {
  if (app === 'claude' || app === 'claude-desktop') return readClaude(settings, meta);
  if (app === 'codex') return readCodex(settings, toml);
  if (app === 'grokbuild') return readGrok(settings, toml);
  if (app === 'gemini') return readGemini(settings);
  return ['opencode', 'openclaw', 'hermes', 'pi'].includes(app) ? readFlat(settings) : null;
}

/** Where a program goes that is given a key and no address. */
export function homeOf({ kind }: Pick<AppProvider, 'kind'>): string {
  if (kind === 'anthropic') return 'https://api.anthropic.com';
  return kind === 'gemini' ? 'https://generativelanguage.googleapis.com' : 'https://api.openai.com/v1';
}
