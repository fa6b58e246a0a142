// Groups of gpt-load: the answer of its /api/groups, or an export of whole groups with their keys, as a widespread fork writes it.
// Format: tbphp/gpt-load internal/models/types.go and internal/channel; xunxun1982/gpt-load internal/services/export_import_service.go.
import type { EndpointKind } from '../../../contract/schemas/endpoint.ts';
import {
  createGathering,
  type Gathering,
  type Incoming,
  isObject,
  type Json,
  objectsIn,
  proxyIn,
  textOf,
} from '../incoming.ts';
import { rootOf } from './wholePath.ts';

interface Group {
  group: Json;
  keys: Json[];
}

interface Channel {
  kind: EndpointKind;
  /** The path it adds where a group names none of its own. */
  path: string;
  options?: Json;
}

const channels: Readonly<Record<string, Channel>> = {
  openai: { kind: 'openai', path: '/v1/chat/completions' },
  'openai-response': { kind: 'openai', path: '/v1/responses', options: { api: 'responses' } },
  anthropic: { kind: 'anthropic', path: '/v1/messages' },
  gemini: { kind: 'gemini', path: '' },
};

const isGroup = (item: Json): boolean => 'upstreams' in item && typeof item.channel_type === 'string';

function groupOf(item: Json): Group[] {
  const group = isObject(item.group) ? item.group : item;
  if (!isGroup(group)) return [];
  const keys = objectsIn(item.keys);
  return [{ group, keys: keys.length > 0 ? keys : objectsIn(group.api_keys) }];
}

function groupsIn(document: unknown): Group[] {
  if (!isObject(document)) return objectsIn(document).flatMap(groupOf);
  const { data = document } = document;
  if (!isObject(data)) return objectsIn(data).flatMap(groupOf);
  const list = data.groups ?? data.items;
  return list === undefined ? groupOf(data) : objectsIn(list).flatMap(groupOf);
}

export function isGptLoad(document: unknown): boolean {
  return groupsIn(document).length > 0;
}

/** Headers that can be sent as they stand; those that gpt-load fills in for each request are named. */
function headersOf(group: Json): { headers: Json; others: string[] } {
  const headers: Json = {};
  const others: string[] = [];
  for (const { key, value, action } of objectsIn(group.header_rules)) {
    const fixed = (action ?? 'set') === 'set' && !textOf(value).includes('${');
    if (fixed) headers[textOf(key)] = textOf(value);
    else others.push(textOf(key));
  }
  return { headers, others };
}

function readGroup({ group, keys }: Group, found: Gathering): void {
  const name = textOf(group.display_name) || textOf(group.name);
  const type = textOf(group.channel_type);
  const channel = Object.hasOwn(channels, type) ? channels[type] : undefined;
  if (group.group_type === 'aggregate') {
    found.note('not-carried', name, 'aggregate');
    return;
  }
  if (!channel) {
    found.note('unknown-provider', name, type);
    return;
  }
  const upstreams = objectsIn(group.upstreams).filter(({ weight }) => Number(weight ?? 1) > 0);
  if (upstreams.length === 0) {
    found.note('no-address', name, 'upstreams');
    return;
  }
  if (keys.length === 0) found.note('no-keys', name);
  const redirects = isObject(group.model_redirect_rules) ? group.model_redirect_rules : {};
  const config = isObject(group.config) ? group.config : {};
  const { headers, others } = headersOf(group);
  for (const { url, weight } of upstreams) {
    const base = textOf(url).replace(/\/+$/, '');
    const whole = `${base}${textOf(group.validation_endpoint) || channel.path}`;
    found.endpoint(
      {
        id: 'imported',
        name: upstreams.length > 1 && URL.canParse(base) ? `${name} (${new URL(base).host})` : name,
        kind: channel.kind,
        baseUrl: channel.kind === 'gemini' || !URL.canParse(whole) ? base : rootOf(whole, channel.kind),
        weight: Number(weight ?? 1),
        accounts: keys.flatMap(({ key_value, status, notes }, index) =>
          textOf(key_value)
            ? [
                {
                  id: `a${index + 1}`,
                  name: textOf(notes),
                  secret: textOf(key_value),
                  // It takes keys that failed out of use until someone restores them.
                  enabled: (status ?? 'active') === 'active',
                },
              ]
            : [],
        ),
        // Strict groups serve nothing but what they redirect.
        models:
          group.model_redirect_strict === true ? [...new Set(Object.values(redirects).map(textOf))] : [],
        modelMapping: redirects,
        headers,
        proxy: proxyIn(config.proxy_url),
        options: channel.options ?? {},
      },
      name,
    );
  }
  const left = [
    ...Object.keys(config).filter((key) => key !== 'proxy_url'),
    ...(isObject(group.param_overrides) ? Object.keys(group.param_overrides) : []),
    ...others,
  ];
  if (left.length > 0) found.note('not-carried', name, left.join(', '));
}

export function readGptLoad(document: unknown): Incoming {
  const found = createGathering();
  const groups = groupsIn(document);
  for (const group of groups) readGroup(group, found);
  if (groups.some(({ group }) => textOf(group.proxy_keys))) found.note('own-key', 'gpt-load');
  return { source: 'gpt-load', endpoints: found.endpoints, clientKeys: [], sections: {}, notes: found.notes };
}
