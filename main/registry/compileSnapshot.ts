// Settings and the secrets found for them -> the frozen configuration that requests run on. Pure: it looks nothing up by itself.
import { createHash } from 'node:crypto';
import { isNearby } from '../base/isNearby.ts';
import type { ClientKey } from '../contract/schemas/clientKey.ts';
import {
  type Account,
  type Endpoint,
  headerTextSchema,
  type ProxySetting,
} from '../contract/schemas/endpoint.ts';
import { type LimitOverrides, type Limits, limitsSchema } from '../contract/schemas/limits.ts';
import type { Secret } from '../contract/schemas/secret.ts';
import type { Settings } from '../contract/schemas/settings.ts';
import { deepFreeze } from './deepFreeze.ts';
import { mappingOf } from './mappingOf.ts';
import { hiddenSpots, networkSpots, type SecretSpot } from './secretSpots.ts';
import { compileModels } from './servedNames.ts';
import type {
  CompiledAccount,
  CompiledClientKey,
  CompiledEndpoint,
  Credential,
  CredentialLookup,
  Snapshot,
} from './snapshot.ts';

/** The id of the client key that comes from `SLUICE_CLIENT_KEY`. */
export const environmentKeyId = 'environment';

/** What client keys are found by: SHA-256 in hex. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** A copy without prototype: a model called `constructor` must not find what objects inherit. */
function ownNames<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.assign(Object.create(null), record) as Record<string, T>;
}

function merged(limits: Limits, own: LimitOverrides): Limits {
  const given = Object.entries(own).filter(([, value]) => value !== undefined);
  return { ...limits, ...Object.fromEntries(given) };
}

function credentialOf(secret: Secret | undefined, lookup: CredentialLookup): Credential {
  if (secret === undefined) return { state: 'none' };
  // Reaching this is a mistake of the program: a snapshot must never be the place where a plain secret first shows up.
  if (typeof secret === 'string') throw new TypeError('a plain secret must be moved into the vault first');
  return lookup(secret);
}

type Lacking = Extract<Credential, { state: 'locked' | 'missing' }>;

/** Puts secrets where they are used, takes out what can't be read, and returns the first of these, named. */
function showSecrets(spots: readonly SecretSpot[], lookup: CredentialLookup): Lacking | null {
  let lacking: Lacking | null = null;
  for (const { path, secret, show, remove } of spots) {
    let found = credentialOf(secret, lookup);
    if (found.state === 'ready' && !headerTextSchema.safeParse(found.secret).success)
      found = { ...found, state: 'missing', reason: 'it holds line breaks or control characters' };
    if (found.state === 'ready') show(found.secret);
    else remove();
    if (found.state === 'locked' || found.state === 'missing')
      lacking ??= { state: found.state, source: found.source, reason: `${path}: ${found.reason}` };
  }
  return lacking;
}

/** After `showSecrets`. */
const proxyUrl = (proxy: ProxySetting | null): string | null => (typeof proxy === 'object' ? null : proxy);

/** After `showSecrets`. */
function plainHeaders(headers: Endpoint['headers']): Record<string, string> {
  const plain = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return ownNames(Object.fromEntries(plain));
}

function compileAccount(
  endpoint: Endpoint,
  account: Account,
  lacking: Lacking | null,
  lookup: CredentialLookup,
): CompiledAccount {
  return {
    key: `${endpoint.id}/${account.id}`,
    id: account.id,
    name: account.name,
    email: account.email ?? null,
    credential: lacking ?? credentialOf(account.secret, lookup),
    enabled: account.enabled,
    weight: account.weight,
    limits: merged(endpoint.limits, account.limits),
  };
}

/** `unproxied` is what `network.proxy` lacks: an endpoint behind it sends nothing without, and never past the proxy. */
function compileEndpoint(
  written: Endpoint,
  unproxied: Lacking | null,
  lookup: CredentialLookup,
): CompiledEndpoint {
  const endpoint = structuredClone(written);
  const behind = endpoint.proxy === null && !isNearby(new URL(endpoint.baseUrl).hostname);
  const lacking = showSecrets(hiddenSpots(endpoint), lookup) ?? (behind ? unproxied : null);
  const none: Account = { id: 'none', name: '', enabled: true, weight: 1, limits: {} };
  const accounts = endpoint.accounts.length > 0 ? endpoint.accounts : [none];
  return {
    id: endpoint.id,
    name: endpoint.name,
    kind: endpoint.kind,
    baseUrl: endpoint.baseUrl.replace(/\/+$/, ''),
    enabled: endpoint.enabled,
    priority: endpoint.priority,
    weight: endpoint.weight,
    free: endpoint.free,
    accounts: accounts.map((account) => compileAccount(endpoint, account, lacking, lookup)),
    ...compileModels(endpoint.models),
    modelMapping: ownNames(mappingOf(endpoint)),
    headers: plainHeaders(endpoint.headers),
    proxy: proxyUrl(endpoint.proxy),
    options: endpoint.options,
  };
}

function compileClientKey(key: ClientKey, lookup: CredentialLookup): CompiledClientKey {
  return {
    id: key.id,
    name: key.name,
    credential: credentialOf(key.secret, lookup),
    enabled: key.enabled,
    models: [...key.models],
    limits: { ...key.limits },
    budgetUsdPerDay: key.budgetUsdPerDay,
    expiresAt: key.expiresAt === null ? null : Date.parse(key.expiresAt),
    previous: key.previous
      ? {
          credential: credentialOf(key.previous.secret, lookup),
          since: key.previous.since === undefined ? null : Date.parse(key.previous.since),
          until: Date.parse(key.previous.until),
        }
      : null,
  };
}

/** The client key that lives in the environment alone. */
function environmentKey(secret: string): CompiledClientKey {
  return {
    id: environmentKeyId,
    name: 'SLUICE_CLIENT_KEY',
    credential: { state: 'ready', source: 'env', secret },
    enabled: true,
    models: ['*'],
    limits: limitsSchema.parse({}),
    budgetUsdPerDay: null,
    expiresAt: null,
    previous: null,
  };
}

/** Of keys with the same secret the first one that is switched on counts. */
function byHash(clientKeys: readonly CompiledClientKey[]): Map<string, CompiledClientKey> {
  const found = new Map<string, CompiledClientKey>();
  for (const key of clientKeys) {
    if (key.credential.state !== 'ready') continue;
    const hash = secretHash(key.credential.secret);
    const other = found.get(hash);
    if (!other || (!other.enabled && key.enabled)) found.set(hash, key);
  }
  return found;
}

/** Of keys that had the same secret the one it works for the longest counts. `current`: secrets that are some key's now. */
function byOldHash(
  clientKeys: readonly CompiledClientKey[],
  current: ReadonlyMap<string, CompiledClientKey>,
): Map<string, CompiledClientKey> {
  const found = new Map<string, CompiledClientKey>();
  for (const key of clientKeys) {
    if (key.previous?.credential.state !== 'ready') continue;
    const hash = secretHash(key.previous.credential.secret);
    const other = found.get(hash)?.previous;
    if (!current.has(hash) && (!other || other.until < key.previous.until)) found.set(hash, key);
  }
  return found;
}

/**
 * Compiles settings whose plain secrets have been moved. `environmentSecret` adds the client key of `SLUICE_CLIENT_KEY`.
 * The settings are copied, so that freezing does not reach the caller's object.
 */
export function compileSnapshot(
  settings: Settings,
  lookup: CredentialLookup,
  environmentSecret: string | null = null,
): Snapshot {
  const clientKeys = settings.clientKeys.map((key) => compileClientKey(key, lookup));
  if (environmentSecret !== null) clientKeys.push(environmentKey(environmentSecret));
  const { network } = structuredClone(settings);
  const unproxied = showSecrets(networkSpots({ network }), lookup);
  const clientKeyByHash = byHash(clientKeys);
  return deepFreeze({
    settings: structuredClone(settings),
    networkProxy: proxyUrl(network.proxy),
    endpoints: settings.endpoints.map((endpoint) => compileEndpoint(endpoint, unproxied, lookup)),
    clientKeys,
    clientKeyByHash,
    clientKeyByOldHash: byOldHash(clientKeys, clientKeyByHash),
  });
}
