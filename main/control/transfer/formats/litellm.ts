// LiteLLM's config.yaml: a list of deployments, each a client's name and `provider/model` with its own address and key.
import type { EndpointKind } from '../../../contract/schemas/endpoint.ts';
import { createGathering, type Incoming, isObject, type Json, objectsIn, textOf } from '../incoming.ts';

interface Provider {
  kind: EndpointKind;
  /** Null: it has no address of its own. */
  base: string | null;
}

const openai = (base: string | null): Provider => ({ kind: 'openai', base });

/** Prefixes that LiteLLM puts before a model's name. */
const providers: Readonly<Record<string, Provider>> = {
  openai: openai('https://api.openai.com/v1'),
  'text-completion-openai': openai('https://api.openai.com/v1'),
  azure: { kind: 'azure', base: null },
  anthropic: { kind: 'anthropic', base: 'https://api.anthropic.com' },
  gemini: { kind: 'gemini', base: 'https://generativelanguage.googleapis.com' },
  deepseek: openai('https://api.deepseek.com/v1'),
  groq: openai('https://api.groq.com/openai/v1'),
  mistral: openai('https://api.mistral.ai/v1'),
  xai: openai('https://api.x.ai/v1'),
  openrouter: openai('https://openrouter.ai/api/v1'),
  together_ai: openai('https://api.together.xyz/v1'),
  perplexity: openai('https://api.perplexity.ai'),
  fireworks_ai: openai('https://api.fireworks.ai/inference/v1'),
  moonshot: openai('https://api.moonshot.ai/v1'),
  ollama: openai('http://localhost:11434/v1'),
  ollama_chat: openai('http://localhost:11434/v1'),
  hosted_vllm: openai(null),
  openai_like: openai(null),
  lm_studio: openai('http://localhost:1234/v1'),
};

interface Deployment {
  name: string;
  provider: Provider;
  providerName: string;
  baseUrl: string;
  upstream: string;
  /** A key in clear, `{env}`, or null. */
  secret: string | { env: string } | null;
  rpm: number | null;
  tpm: number | null;
  weight: number;
  order: number;
  apiVersion: string;
}

export function isLitellm(document: Json): boolean {
  return objectsIn(document.model_list).some((entry) => isObject(entry.litellm_params));
}

/** `os.environ/NAME` names a variable, perhaps one that the file itself sets. */
function secretOf(value: unknown, variables: Json): Deployment['secret'] {
  const text = textOf(value);
  const name = /^os\.environ\/(.+)$/.exec(text)?.[1];
  if (!name) return text || null;
  return textOf(variables[name]) || { env: name };
}

/** Ollama's own address has no version; ours speaks OpenAI's protocol with it. */
const addressOf = (providerName: string, base: string): string =>
  providerName.startsWith('ollama') && !/\/v1\/?$/.test(base) ? `${base.replace(/\/+$/, '')}/v1` : base;

function deploymentOf(
  entry: Json,
  variables: Json,
  note: (code: 'unknown-provider' | 'no-address', detail: string) => void,
): Deployment | null {
  const given = isObject(entry.litellm_params) ? entry.litellm_params : {};
  const [, prefix, rest] = /^([^/]+)\/(.+)$/s.exec(textOf(given.model)) ?? [];
  const wished = textOf(given.custom_llm_provider) || prefix || 'openai';
  const known = Object.hasOwn(providers, wished) ? providers[wished] : undefined;
  const written = textOf(given.api_base) || textOf(given.base_url);
  // What we do not know but has an address may well speak OpenAI's protocol; the name then is the model's own.
  const provider = known ?? (written && !prefix ? openai(null) : null);
  if (!provider) {
    note('unknown-provider', wished);
    return null;
  }
  const base = /^os\.environ\//.test(written) ? textOf(variables[written.slice(11)]) : written;
  const baseUrl = addressOf(wished, base || provider.base || '');
  if (!baseUrl) {
    note('no-address', wished);
    return null;
  }
  const count = (value: unknown): number | null =>
    typeof value === 'number' && value > 0 ? Math.floor(value) : null;
  return {
    name: textOf(entry.model_name),
    provider,
    providerName: wished,
    baseUrl,
    upstream: known && prefix === wished ? (rest ?? '') : textOf(given.model),
    secret: secretOf(given.api_key, variables),
    rpm: count(given.rpm),
    tpm: count(given.tpm),
    weight: count(given.weight) ?? 1,
    order: count(given.order) ?? 1,
    apiVersion: textOf(given.api_version),
  };
}

/** Deployments that differ in their model alone are one endpoint's. */
const placeOf = (one: Deployment): string =>
  JSON.stringify([one.provider.kind, one.baseUrl, one.order, one.apiVersion]);

interface Account {
  secret: Deployment['secret'];
  limits: { rpm?: number; tpm?: number };
  weight: number;
  /** What it serves: `[name, upstream]` pairs. */
  names: Map<string, string>;
}

function accountsIn(deployments: readonly Deployment[]): Account[] {
  const byKey = new Map<string, Account>();
  for (const one of deployments) {
    const key = JSON.stringify(one.secret);
    const account: Account = byKey.get(key) ?? {
      secret: one.secret,
      limits: {},
      weight: one.weight,
      names: new Map(),
    };
    byKey.set(key, account);
    // Limits stand at each deployment there; an account has one, and the widest is the one that stops nothing too early.
    if (one.rpm !== null) account.limits.rpm = Math.max(one.rpm, account.limits.rpm ?? 0);
    if (one.tpm !== null) account.limits.tpm = Math.max(one.tpm, account.limits.tpm ?? 0);
    if (!account.names.has(one.name)) account.names.set(one.name, one.upstream);
  }
  return [...byKey.values()];
}

/** Accounts that serve the same names belong together; others need an endpoint of their own. */
function byNames(accounts: readonly Account[]): Account[][] {
  const groups = new Map<string, Account[]>();
  for (const account of accounts) {
    const key = JSON.stringify([...account.names].sort());
    groups.set(key, [...(groups.get(key) ?? []), account]);
  }
  return [...groups.values()];
}

function namesOf(
  names: ReadonlyMap<string, string>,
  aliases: Json,
): { models: string[]; modelMapping: Json } {
  const all = [...names];
  for (const [alias, target] of Object.entries(aliases)) {
    const upstream = names.get(textOf(isObject(target) ? target.model : target));
    if (upstream !== undefined && !names.has(alias)) all.push([alias, upstream]);
  }
  const open = all.some(([, upstream]) => upstream.includes('*'));
  return {
    models: open ? [] : [...new Set(all.map(([, upstream]) => upstream))],
    modelMapping: Object.fromEntries(
      all.filter(
        ([name, upstream]) =>
          name && name !== upstream && !(name === '*' || (upstream === '*' && !name.endsWith('*'))),
      ),
    ),
  };
}

export function readLitellm(document: Json): Incoming {
  const found = createGathering();
  const variables = isObject(document.environment_variables) ? document.environment_variables : {};
  const router = isObject(document.router_settings) ? document.router_settings : {};
  const aliases = isObject(router.model_group_alias) ? router.model_group_alias : {};
  const places = new Map<string, Deployment[]>();
  for (const entry of objectsIn(document.model_list)) {
    const one = deploymentOf(entry, variables, (code, detail) =>
      found.note(code, textOf(entry.model_name), detail),
    );
    if (one) places.set(placeOf(one), [...(places.get(placeOf(one)) ?? []), one]);
  }
  for (const deployments of places.values()) {
    const [first] = deployments;
    if (!first) continue;
    for (const accounts of byNames(accountsIn(deployments))) {
      const names = accounts[0]?.names ?? new Map<string, string>();
      found.endpoint(
        {
          id: 'imported',
          name: first.providerName,
          kind: first.provider.kind,
          baseUrl: first.baseUrl,
          priority: first.order - 1,
          accounts: accounts.flatMap(({ secret, limits, weight }, index) =>
            secret === null ? [] : [{ id: `a${index + 1}`, secret, limits, weight }],
          ),
          ...namesOf(names, aliases),
          options:
            first.provider.kind === 'azure' && /^\d{4}-\d\d-\d\d(-preview)?$/.test(first.apiVersion)
              ? { apiVersion: first.apiVersion }
              : {},
        },
        [...names.keys()].join(', '),
      );
    }
  }
  if (isObject(document.general_settings) && textOf(document.general_settings.master_key))
    found.note('own-key', 'LiteLLM');
  return { source: 'litellm', endpoints: found.endpoints, clientKeys: [], sections: {}, notes: found.notes };
}
