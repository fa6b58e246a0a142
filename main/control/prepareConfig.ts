// A document on its way into force: secrets moved, credentials found, compiled. Nothing of it shows before the caller installs it.
import type { Log } from '../base/log.ts';
import { type Redactor, secretTexts } from '../base/redact.ts';
import type { Settings } from '../contract/schemas/settings.ts';
import { windowKeyId } from '../contract/windowKey.ts';
import { compileSnapshot, environmentKeyId } from '../registry/compileSnapshot.ts';
import { type DocumentWithSecrets, secretSpots, vaultRefs } from '../registry/secretSpots.ts';
import type { CredentialLookup, Snapshot } from '../registry/snapshot.ts';
import { type JsonObject, parseSettings } from '../store/parseSettings.ts';
import { SettingsInvalidError } from '../store/settingsInvalidError.ts';
import type { Vault } from '../store/vault.ts';
import type { VaultHolder } from '../store/vaultHolder.ts';
import { type KeyFate, withRenewedKeys } from './defaultKey.ts';
import { forget, moveSecrets } from './moveSecrets.ts';
import { resolveCredentials } from './resolveCredentials.ts';

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
  vault: Vault & Pick<VaultHolder, 'status'>;
  redactor: Redactor;
  log: Log;
  env: Readonly<Record<string, string | undefined>>;
  /** `SLUICE_CLIENT_KEY`. */
  clientKey: string | null;
}

/** Every secret of the configuration, wherever it comes from. */
function redactSecrets(settings: Settings, lookup: CredentialLookup, redactor: Redactor): void {
  for (const { secret } of secretSpots(settings)) {
    const found = typeof secret === 'string' ? null : lookup(secret);
    if (found?.state === 'ready') for (const text of secretTexts(found.secret)) redactor.add(text);
  }
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
    redactSecrets(settings, found.lookup, redactor);
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
export function isLasting(vault: PrepareDeps['vault']): boolean {
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
