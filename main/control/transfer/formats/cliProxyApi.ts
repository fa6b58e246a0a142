// CLIProxyAPI's config.yaml: lists of keys by provider, each with an address, aliases and a prefix of its own.
// Format: router-for-me/CLIProxyAPI config.example.yaml, internal/config/config_types.go.
import { uniqueId } from '../../../base/uniqueId.ts';
import { coveredBy } from '../../../contract/modelRules.ts';
import type { EndpointKind } from '../../../contract/schemas/endpoint.ts';
import {
  createGathering,
  type Gathering,
  type Incoming,
  type IncomingSections,
  isObject,
  type Json,
  objectsIn,
  proxyIn,
  textOf,
  textsIn,
} from '../incoming.ts';

interface Section {
  name: string;
  kind: EndpointKind;
  /** Where entries name none; null: they have to. */
  base: string | null;
  options?: Json;
}

const sections: Readonly<Record<string, Section>> = {
  'gemini-api-key': { name: 'Gemini', kind: 'gemini', base: 'https://generativelanguage.googleapis.com' },
  'claude-api-key': { name: 'Claude', kind: 'anthropic', base: 'https://api.anthropic.com' },
  'codex-api-key': { name: 'Codex', kind: 'openai', base: null, options: { api: 'responses' } },
  'xai-api-key': { name: 'xAI', kind: 'openai', base: 'https://api.x.ai/v1', options: { api: 'responses' } },
};
const compatible = 'openai-compatibility';
/** Protocols that are not spoken here. */
const foreign = ['vertex-api-key', 'interactions-api-key'];
/** A list of texts, as older versions had it. */
const olderGemini = 'generative-language-api-key';
/** Members that say how it disguises or repeats requests. */
const ownWays = [
  'cloak',
  'fingerprint-profile',
  'rebuild-mid-system-message',
  'request-retry',
  'disable-cooling',
  'request-scoped-errors',
  'websockets',
];

export function isCliProxyApi(document: Json): boolean {
  const names = [...Object.keys(sections), ...foreign, compatible];
  const has = names.some((name) => objectsIn(document[name]).length > 0);
  return has || (typeof document['auth-dir'] === 'string' && Array.isArray(document['api-keys']));
}

interface Entry {
  section: Section;
  entry: Json;
  keys: { key: string; weight: unknown; proxy: string }[];
}

function entriesIn(document: Json): Entry[] {
  const found: Entry[] = [];
  const own = (entry: Json) => [
    { key: textOf(entry['api-key']), weight: entry.weight, proxy: textOf(entry['proxy-url']) },
  ];
  for (const [name, section] of Object.entries(sections))
    for (const entry of objectsIn(document[name])) found.push({ section, entry, keys: own(entry) });
  const gemini = sections['gemini-api-key'];
  for (const key of textsIn(document[olderGemini]))
    if (gemini) found.push({ section: gemini, entry: {}, keys: [{ key, weight: 1, proxy: '' }] });
  for (const entry of objectsIn(document[compatible])) {
    const section: Section = { name: textOf(entry.name) || compatible, kind: 'openai', base: null };
    const keys = objectsIn(entry['api-key-entries']).flatMap(own);
    const older = textsIn(entry['api-keys']).map((key) => ({ key, weight: 1, proxy: '' }));
    // One without any key may be a server of one's own.
    const all = keys.length + older.length > 0 ? [...keys, ...older] : [{ key: '', weight: 1, proxy: '' }];
    for (const proxy of new Set(all.map((one) => one.proxy)))
      found.push({ section, entry, keys: all.filter((one) => one.proxy === proxy) });
  }
  return found;
}

/** Patterns of names it does not serve; one that leaves out every name switches it off instead. */
const excludedBy = (entry: Json): string[] =>
  textsIn(entry['excluded-models']).filter((pattern) => pattern !== '*');

/** The names an entry serves. Behind a prefix they are reached with it, and without it unless that is switched off. */
function namesOf(entry: Json, forced: boolean): { models: string[]; modelMapping: Json; doubled: string[] } {
  const prefix = textOf(entry.prefix);
  const excluded = excludedBy(entry);
  const modelMapping: Json = {};
  const models = new Set<string>();
  const doubled: string[] = [];
  for (const model of objectsIn(entry.models)) {
    const name = textOf(model.name) || textOf(model.alias);
    if (!name || coveredBy(excluded, name) !== null) continue;
    const alias = textOf(model.alias) || name;
    models.add(name);
    for (const client of [...(prefix ? [`${prefix}/${alias}`] : []), ...(prefix && forced ? [] : [alias])]) {
      if (Object.hasOwn(modelMapping, client) && modelMapping[client] !== name)
        doubled.push(`${client} → ${name}`);
      else if (client !== name) modelMapping[client] = name;
    }
  }
  if (prefix && models.size === 0) modelMapping[`${prefix}/*`] = '*';
  // Without a list of its own, all but these.
  const listed = models.size > 0 ? [...models] : excluded.map((pattern) => `!${pattern}`);
  return { models: listed, modelMapping, doubled };
}

/** Headers whose value a client would have to send are none that can be kept. */
function headersOf(entry: Json): { headers: Json; others: string[] } {
  const all = Object.entries(isObject(entry.headers) ? entry.headers : {});
  const fixed = ([, value]: [string, unknown]) => !textOf(value).startsWith('$');
  return {
    headers: Object.fromEntries(all.filter(fixed).map(([name, value]) => [name, textOf(value)])),
    others: all.filter((header) => !fixed(header)).map(([name]) => name),
  };
}

const priorityOf = (entry: Json): number => (typeof entry.priority === 'number' ? entry.priority : 0);

/** What entries share that are one endpoint's accounts. */
function placeOf({ section, entry, keys }: Entry): string {
  const { name, kind, base } = section;
  const {
    'api-key': _key,
    weight: _weight,
    'proxy-url': _proxy,
    'api-key-entries': _entries,
    ...rest
  } = entry;
  return JSON.stringify([name, kind, base, keys[0]?.proxy, rest]);
}

interface Whole {
  /** The highest priority of all. */
  highest: number;
  /** Names with their prefix alone. */
  forced: boolean;
  nameFor(entry: Entry): string;
}

function readPlace(entries: readonly Entry[], whole: Whole, found: Gathering): void {
  const [first] = entries;
  if (!first) return;
  const { section, entry } = first;
  const base = (textOf(entry['base-url']) || section.base || '').replace(/\/+$/, '');
  if (!base) {
    found.note('no-address', section.name, 'base-url');
    return;
  }
  const name = whole.nameFor(first);
  const keys = entries.flatMap((one) => one.keys).filter(({ key }) => key);
  const { models, modelMapping, doubled } = namesOf(entry, whole.forced);
  const { headers, others } = headersOf(entry);
  const proxy = first.keys[0]?.proxy ?? '';
  found.endpoint(
    {
      id: 'imported',
      name,
      kind: section.kind,
      baseUrl: base,
      enabled: entry.disabled !== true && !textsIn(entry['excluded-models']).includes('*'),
      // Theirs is higher first, ours lower first.
      priority: whole.highest - priorityOf(entry),
      accounts: keys.map(({ key, weight }, index) => {
        const share = typeof weight === 'number' ? weight : 1;
        return { id: `a${index + 1}`, secret: key, weight: share > 0 ? share : 1, enabled: share > 0 };
      }),
      models,
      modelMapping,
      headers,
      proxy: proxy === 'none' ? 'direct' : proxyIn(proxy),
      options: section.options ?? {},
    },
    name,
  );
  const left = [...others, ...doubled, ...ownWays.filter((name) => entry[name] !== undefined)];
  if (left.length > 0) found.note('not-carried', name, left.join(', '));
}

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : '');

/** Names that no two places share: behind one that is taken stands what is different here, so that each is known again later. */
function createNames(): Whole['nameFor'] {
  const taken = new Map<string, string[]>();
  return ({ section: { name }, entry, keys }) => {
    const facts = [
      textOf(entry.prefix),
      hostOf(textOf(entry['base-url'])),
      hostOf(keys[0]?.proxy ?? ''),
    ].filter(Boolean);
    const known = taken.get(name);
    taken.set(name, [...(known ?? []), ...facts]);
    if (!known) return name;
    const different = facts.find((fact) => !known.includes(fact));
    const full = uniqueId(different ? `${name} (${different})` : name, taken.keys());
    taken.set(full, facts);
    return full;
  };
}

export function readCliProxyApi(document: Json): Incoming {
  const found = createGathering();
  const entries = entriesIn(document);
  const highest = Math.max(0, ...entries.map(({ entry }) => priorityOf(entry)));
  const places = new Map<string, Entry[]>();
  for (const one of entries) places.set(placeOf(one), [...(places.get(placeOf(one)) ?? []), one]);
  const whole = { highest, forced: document['force-model-prefix'] === true, nameFor: createNames() };
  for (const place of places.values()) readPlace(place, whole, found);
  for (const name of foreign)
    if (objectsIn(document[name]).length > 0) found.note('unknown-provider', name, name);
  // Logins lie in files beside this one.
  if (textOf(document['auth-dir'])) found.note('signed-in', `auth-dir (${textOf(document['auth-dir'])})`);
  if (textsIn(document['api-keys']).length > 0) found.note('own-key', 'CLIProxyAPI');
  const proxy = proxyIn(document['proxy-url']);
  const network = proxy === null || proxy === 'direct' ? {} : { network: { proxy } };
  return {
    source: 'cli-proxy-api',
    endpoints: found.endpoints,
    clientKeys: [],
    sections: network as IncomingSections,
    notes: found.notes,
  };
}
