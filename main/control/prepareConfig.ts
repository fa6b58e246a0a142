// A document on its way into force: secrets moved, credentials found, compiled. Nothing of it shows before the caller installs it.
import type { Log } from '../base/log.ts';
import { concealProxy } from '../base/proxyUrl.ts';
import type { Redactor } from '../base/redact.ts';
import { windowKeyId } from '../contract/windowKey.ts';
import { compileSnapshot, environmentKeyId } from '../registry/compileSnapshot.ts';
import type { Snapshot } from '../registry/snapshot.ts';
import { type JsonObject, parseSettings } from '../store/parseSettings.ts';
import { SettingsInvalidError } from '../store/settingsInvalidError.ts';
import type { VaultHolder } from '../store/vaultHolder.ts';
import { concealValues } from './concealed.ts';
import { type KeyFate, withRenewedKeys } from './defaultKey.ts';
import { forget, moveSecrets } from './moveSecrets.ts';
import { resolveCredentials } from './resolveCredentials.ts';
import { type DocumentWithSecrets, vaultRefs } from './secretSpots.ts';

/** A document in force, or ready for it. */
export interface PreparedConfig {
  /** As it stands, or will stand, in settings.json. */
  document: JsonObject;
  snapshot: Snapshot;
  /** By vault reference: what could be read. */
  secrets: ReadonlyMap<string, string>;
  fateOf: (ref: string) => KeyFate;
  /** Newly in the vault; to be deleted where the document does not come into force. */
  written: string[];
}

export interface PrepareDeps {
  vault: VaultHolder;
  redactor: Redactor;
  log: Log;
  env: Readonly<Record<string, string | undefined>>;
  /** `SLUICE_CLIENT_KEY`. */
  clientKey: string | null;
}

function redactProxy(proxy: string | null, redactor: Redactor): void {
  if (proxy && concealProxy(proxy) !== proxy && URL.canParse(proxy))
    redactor.add(decodeURIComponent(new URL(proxy).password));
}

/** Credentials users put where no secret field is: own headers, a proxy's password. */
function redactHidden(snapshot: Snapshot, redactor: Redactor): void {
  redactProxy(snapshot.settings.network.proxy, redactor);
  for (const { headers, proxy } of snapshot.endpoints) {
    const shown = concealValues(headers);
    for (const [name, value] of Object.entries(headers)) {
      if (shown[name] === value) continue;
      redactor.add(value);
      redactor.add(value.replace(/^\S+\s+/, ''));
    }
    redactProxy(proxy, redactor);
  }
}

function redactSecrets(snapshot: Snapshot, redactor: Redactor): void {
  const accounts = snapshot.endpoints.flatMap((endpoint) => endpoint.accounts);
  for (const { credential } of [...snapshot.clientKeys, ...accounts])
    if (credential.state === 'ready') redactor.add(credential.secret);
  redactHidden(snapshot, redactor);
}

const reservedKeyIds = [
  [environmentKeyId, 'the key that SLUICE_CLIENT_KEY adds'],
  [windowKeyId, "the window's own key"],
] as const;

function refuseReservedId(document: DocumentWithSecrets): void {
  for (const [id, owner] of reservedKeyIds) {
    const index = document.clientKeys?.findIndex((key) => key.id === id) ?? -1;
    if (index < 0) continue;
    const message = `"${id}" is the id of ${owner}; choose another`;
    throw new SettingsInvalidError([{ path: `clientKeys[${index}].id`, message }]);
  }
}

interface Before {
  inUse: ReadonlySet<string>;
  secrets: ReadonlyMap<string, string>;
}

async function prepareOnce(
  document: JsonObject,
  before: Before,
  refresh: boolean,
  deps: PrepareDeps,
): Promise<PreparedConfig> {
  parseSettings(document);
  refuseReservedId(document as DocumentWithSecrets);
  const { vault, redactor, env } = deps;
  const moved = await moveSecrets(document as JsonObject & DocumentWithSecrets, {
    vault,
    redactor,
    inUse: before.inUse,
  });
  try {
    const settings = parseSettings(moved.document);
    const found = await resolveCredentials(settings, { vault, env, known: before.secrets, refresh });
    const snapshot = compileSnapshot(settings, found.lookup, deps.clientKey);
    redactSecrets(snapshot, redactor);
    return {
      document: moved.document,
      snapshot,
      secrets: found.secrets,
      fateOf: (ref) => ({
        ready: found.secrets.has(ref),
        absent: found.absent.has(ref),
        unavailable: found.unavailable.has(ref),
      }),
      written: moved.written,
    };
  } catch (error) {
    await forget(vault, moved.written);
    throw error;
  }
}

/** True where the vault keeps what it is given beyond this run. */
export function isLasting(vault: VaultHolder): boolean {
  return vault.kind !== 'memory' && vault.status().state === 'ready';
}

/** The vault references a document holds. */
export function refsOf(document: JsonObject): Set<string> {
  return vaultRefs(document as DocumentWithSecrets);
}

/**
 * Prepares a document for force. The references of `inForce` are not overwritten, and its secrets go on serving while the vault
 * can't be asked; `refresh` asks the vault for all secrets again. A generated client key whose secret ended with the last process
 * gets a new one. Throws SettingsInvalidError or VaultError, and then nothing was left behind.
 */
export async function prepareConfig(
  document: JsonObject,
  inForce: PreparedConfig | null,
  refresh: boolean,
  deps: PrepareDeps,
): Promise<PreparedConfig> {
  const before: Before = {
    inUse: inForce ? refsOf(inForce.document) : new Set(),
    secrets: inForce?.secrets ?? new Map(),
  };
  const first = await prepareOnce(document, before, refresh, deps);
  const renewal = withRenewedKeys(first.document, first.fateOf, isLasting(deps.vault));
  if (!renewal) return first;
  try {
    const second = await prepareOnce(renewal.document, before, refresh, deps);
    for (const id of renewal.renewed)
      deps.log.warn(`client key "${id}" was kept in memory only; a new one was made`, { clientKey: id });
    return { ...second, written: [...first.written, ...second.written] };
  } catch (error) {
    await forget(deps.vault, first.written);
    throw error;
  }
}
