// Channels of one-api and of new-api, which began as its copy: an array, or the answer of their API around one.
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
  withVersion,
} from '../incoming.ts';

/** Kinds by channel type; both programs agree on these. All others speak OpenAI's protocol, or are not for us. */
const kinds: Readonly<Record<number, EndpointKind>> = { 3: 'azure', 14: 'anthropic', 24: 'gemini' };

/** Addresses of types both number alike, for channels that name none. */
const commonBases: Readonly<Record<number, string>> = {
  1: 'https://api.openai.com/v1',
  14: 'https://api.anthropic.com',
  20: 'https://openrouter.ai/api/v1',
  24: 'https://generativelanguage.googleapis.com',
  25: 'https://api.moonshot.cn/v1',
};

/** From 26 on they go apart. */
const newApiBases: Readonly<Record<number, string>> = {
  4: 'http://localhost:11434/v1',
  26: 'https://open.bigmodel.cn/api/paas/v4',
  27: 'https://api.perplexity.ai',
  40: 'https://api.siliconflow.cn/v1',
  42: 'https://api.mistral.ai/v1',
  43: 'https://api.deepseek.com/v1',
  48: 'https://api.x.ai/v1',
};
const oneApiBases: Readonly<Record<number, string>> = {
  28: 'https://api.mistral.ai/v1',
  29: 'https://api.groq.com/openai/v1',
  30: 'http://localhost:11434/v1',
  31: 'https://api.lingyiwanwu.com/v1',
  32: 'https://api.stepfun.com/v1',
  36: 'https://api.deepseek.com/v1',
  39: 'https://api.together.xyz/v1',
};

function listIn(document: unknown): Json[] {
  if (!isObject(document)) return objectsIn(document);
  const { data } = document;
  if (isObject(data)) return objectsIn(data.items ?? data.data ?? data.channels);
  return objectsIn(data ?? document.channels ?? document.items);
}

const isChannel = (item: Json): boolean =>
  typeof item.type === 'number' && typeof item.models === 'string' && ('base_url' in item || 'key' in item);

export function isChannels(document: unknown): boolean {
  return listIn(document).some(isChannel);
}

function parsed(text: unknown): Json {
  try {
    const value: unknown = typeof text === 'string' ? JSON.parse(text) : text;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

const listed = (text: unknown, separator: RegExp): string[] =>
  textOf(text)
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean);

const texts = (values: Json): Json =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => name && textOf(value)));

export function readChannels(document: unknown): Incoming {
  const found = createGathering();
  const channels = listIn(document).filter(isChannel);
  const own = channels.some((channel) => 'channel_info' in channel || 'setting' in channel)
    ? newApiBases
    : oneApiBases;
  const priorityOf = (channel: Json): number => (typeof channel.priority === 'number' ? channel.priority : 0);
  // Theirs is higher first, ours lower first.
  const highest = Math.max(0, ...channels.map(priorityOf));
  for (const channel of channels) {
    const type = Number(channel.type);
    const name = textOf(channel.name) || `channel ${textOf(channel.id)}`;
    const kind = kinds[type] ?? 'openai';
    const written = textOf(channel.base_url);
    const base =
      written && kind === 'openai' ? withVersion(written) : written || commonBases[type] || own[type];
    if (!base) {
      found.note('no-address', name, `type ${type}`);
      continue;
    }
    const keys = listed(channel.key, /\n/);
    if (keys.length === 0) found.note('no-keys', name);
    const weight = typeof channel.weight === 'number' && channel.weight > 0 ? channel.weight : 1;
    found.endpoint(
      {
        id: 'imported',
        name,
        kind,
        baseUrl: base,
        enabled: channel.status === undefined || channel.status === 1,
        priority: highest - priorityOf(channel),
        weight,
        accounts: accountsOf(keys),
        models: listed(channel.models, /,/),
        modelMapping: texts(parsed(channel.model_mapping)),
        // new-api's channels have settings of their own.
        proxy: proxyIn(parsed(channel.setting).proxy),
      },
      name,
    );
  }
  return { source: 'one-api', endpoints: found.endpoints, clientKeys: [], sections: {}, notes: found.notes };
}
