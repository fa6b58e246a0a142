// cc-switch's providers: the SQL of its export, the config.json of versions before 3.8, or links `ccswitch://v1/import?…`, one a line.
// Format: farion1231/cc-switch src-tauri/src/database/backup.rs and schema.rs, app_config.rs (3.6), docs on the deep link protocol.
import { InputInvalidError } from '../../controlErrors.ts';
import { createGathering, type Gathering, type Incoming, isObject, type Json, textOf } from '../incoming.ts';
import { type AppProvider, homeOf, readApp } from './ccSwitchApps.ts';
import { sqlRows } from './sqlRows.ts';
import { tomlTexts } from './tomlTexts.ts';
import { rootOf } from './wholePath.ts';

interface Listed {
  app: string;
  name: string;
  settings: Json;
  meta: Json;
  /** The one its program uses now. */
  current: boolean;
  /** What a link says besides; it counts more than the settings. */
  said?: { address: string; key: string; models: string[] };
}

const opened = (text: unknown): Json => {
  try {
    const value: unknown = JSON.parse(textOf(text));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
};

/** Lists that hold nothing for a gateway, by what people call them. */
const others = { mcp_servers: 'MCP', prompts: 'prompts', skills: 'skills' } as const;

export const isCcSwitchSql = (text: string): boolean => /^\uFEFF?\s*-- CC Switch SQLite/.test(text);

export const isCcSwitchLinks = (text: string): boolean =>
  /^\uFEFF?(?:\s*ccswitch:\/\/v1\/import\?\S+)+\s*$/.test(text);

const managersIn = (document: Json): [app: string, manager: Json][] =>
  Object.entries(document).flatMap(([app, manager]) =>
    isObject(manager) && isObject(manager.providers) && 'current' in manager ? [[app, manager]] : [],
  );

export function isCcSwitchConfig(document: Json): boolean {
  return managersIn(document).some(([, { providers }]) =>
    Object.values(isObject(providers) ? providers : {}).some(
      (one) => isObject(one) && 'settingsConfig' in one,
    ),
  );
}

/** A link's `config`: base64 of either alphabet, in which a plus may have become a space. */
function configOf(query: URLSearchParams): Json {
  const text = Buffer.from((query.get('config') ?? '').replaceAll(' ', '+'), 'base64').toString('utf8');
  if (query.get('configFormat') === 'toml') return { config: text };
  return opened(text);
}

function listedIn(link: string): Listed[] {
  const query = new URL(link).searchParams;
  if (query.get('resource') !== 'provider') return [];
  const [address = ''] = (query.get('endpoint') ?? '').split(',');
  const models = ['model', 'haikuModel', 'sonnetModel', 'opusModel'].map((name) => query.get(name) ?? '');
  return [
    {
      app: query.get('app') ?? '',
      name: query.get('name') ?? '',
      settings: configOf(query),
      meta: {},
      current: query.get('enabled') === 'true',
      said: {
        address: address.trim(),
        key: query.get('apiKey')?.trim() ?? '',
        models: models.filter(Boolean),
      },
    },
  ];
}

/** What one provider brings, or a note of why it brings nothing. */
function readListed(one: Listed, found: Gathering): AppProvider | null {
  const name = one.name || one.app;
  const read = readApp(one.app, one.settings, one.meta, tomlTexts);
  if (!read) {
    found.note('unknown-provider', name, one.app);
    return null;
  }
  const { said } = one;
  const secret = said?.key || read.secret;
  const address = said?.address || read.address;
  const managed = textOf(one.meta.providerType) !== '' || (isObject(one.settings.auth) && !secret);
  if (!secret && (managed || !address)) {
    found.note('signed-in', name);
    return null;
  }
  if (!secret) found.note('no-keys', name);
  const full = (address || homeOf(read)).replace(/\/+$/, '');
  return {
    ...read,
    secret,
    address: read.kind === 'anthropic' && URL.canParse(full) ? rootOf(full, read.kind) : full,
    models: [...new Set([...read.models, ...(said?.models ?? [])])],
  };
}

interface Place {
  provider: AppProvider;
  name: string;
  current: boolean;
  accounts: { name: string; secret: NonNullable<AppProvider['secret']> }[];
}

/** Providers that differ in their key alone are accounts of one endpoint: nobody has to switch between them here. */
function gather(all: readonly Listed[], found: Gathering): void {
  const places = new Map<string, Place>();
  for (const one of all) {
    const provider = readListed(one, found);
    if (!provider) continue;
    const { secret, ...rest } = provider;
    const key = JSON.stringify(rest);
    const place = places.get(key) ?? { provider, name: one.name, current: false, accounts: [] };
    places.set(key, place);
    place.current ||= one.current;
    const known = place.accounts.some((held) => JSON.stringify(held.secret) === JSON.stringify(secret));
    if (secret && !known) place.accounts.push({ name: one.name, secret });
  }
  for (const { provider, name, current, accounts } of places.values()) {
    const { kind, address, models, modelMapping, options, headers } = provider;
    found.endpoint(
      {
        id: 'imported',
        name,
        kind,
        baseUrl: address,
        priority: current ? 0 : 1,
        accounts: accounts.map((account, index) => ({
          id: `a${index + 1}`,
          secret: account.secret,
          name: accounts.length > 1 ? account.name : '',
        })),
        models,
        modelMapping,
        options,
        headers,
      },
      name,
    );
  }
}

function incoming(all: readonly Listed[], left: readonly string[]): Incoming {
  const found = createGathering();
  gather(all, found);
  if (left.length > 0) found.note('not-carried', 'cc-switch', left.join(', '));
  return {
    source: 'cc-switch',
    endpoints: found.endpoints,
    clientKeys: [],
    sections: {},
    notes: found.notes,
  };
}

/** Throws InputInvalidError where the file ends before its end. */
export function readCcSwitchSql(sql: string): Incoming {
  if (!/^COMMIT;/m.test(sql))
    throw new InputInvalidError('text', 'is cut off: export it from cc-switch again');
  const rows = sqlRows(sql, ['providers', ...Object.keys(others)]);
  const order = (row: Json): number => (typeof row.sort_index === 'number' ? row.sort_index : Infinity);
  const listed = (rows.providers ?? []).toSorted(
    (a, b) => Number(order(a) > order(b)) - Number(order(a) < order(b)),
  );
  return incoming(
    listed.map((row) => ({
      app: textOf(row.app_type),
      name: textOf(row.name),
      settings: opened(row.settings_config),
      meta: opened(row.meta),
      current: row.is_current === 1,
    })),
    Object.entries(others).flatMap(([table, name]) => ((rows[table] ?? []).length > 0 ? [name] : [])),
  );
}

export function readCcSwitchConfig(document: Json): Incoming {
  const listed = managersIn(document).flatMap(([app, { providers, current }]) =>
    Object.entries(isObject(providers) ? providers : {}).flatMap(([id, one]) =>
      isObject(one)
        ? [
            {
              app,
              name: textOf(one.name) || id,
              settings: isObject(one.settingsConfig) ? one.settingsConfig : {},
              meta: isObject(one.meta) ? one.meta : {},
              current: id === current,
            },
          ]
        : [],
    ),
  );
  return incoming(listed, isObject(document.mcp) ? [others.mcp_servers] : []);
}

export function readCcSwitchLinks(text: string): Incoming {
  const links = text
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\s+/);
  return incoming(links.flatMap(listedIn), []);
}
