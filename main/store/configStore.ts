// settings.json with everything that keeps it safe. It decides what a file on disk is worth; it never decides what is in force.
import fs from 'node:fs';
import path from 'node:path';
import type { Log } from '../base/log.ts';
import type { Redactor } from '../base/redact.ts';
import { type Settings, settingsVersion } from '../contract/schemas/settings.ts';
import { isNewer, migrateSettings, type SettingsMigrations, versionOf } from './configMigrations.ts';
import { withIds } from './missingIds.ts';
import { type JsonObject, parseSettings, parseSettingsBytes } from './parseSettings.ts';
import { createSettingsCopies } from './settingsCopies.ts';
import type { SettingsFile } from './settingsFile.ts';
import { SettingsInvalidError } from './settingsInvalidError.ts';
import { watchFile } from './watchFile.ts';
import { privateMode, removeLeftovers } from './writeFileAtomic.ts';

export type FileState =
  | { state: 'missing' }
  | { state: 'wrong'; bytes: Buffer; error: SettingsInvalidError; newer: boolean }
  | { state: 'good'; bytes: Buffer; document: JsonObject; settings: Settings; migrated: boolean };

/** What was done about a file that could not be used at the start. */
export interface Rescue {
  from: 'backup' | 'defaults';
  /** Why the file was not used; null where it was gone. */
  error: SettingsInvalidError | null;
  /** Where its content was kept (secrets masked); null where it was gone or nothing can be written. */
  keptAs: string | null;
}

export interface LoadedSettings {
  document: JsonObject;
  /** True where the file on disk is not what is used: it was migrated, given ids, rescued or is not there yet. */
  rewrite: boolean;
  rescue: Rescue | null;
}

export interface ConfigStore {
  readonly path: string;
  /**
   * The document to start with: the file, else its last good copy. With neither, `unusable` decides: throw the
   * SettingsInvalidError, or keep the file aside and go on with defaults. A file of a newer version always throws.
   */
  load(unusable: 'throw' | 'defaults'): LoadedSettings;
  /** The file as it stands now: read, migrated (in memory) and validated as a whole. */
  inspect(): FileState;
  /** True where the file holds something else than what was last accepted or written. */
  changedOutside(): boolean;
  /** True where the file holds something else than `load`, `inspect` or `write` left or found there last. */
  changedSinceLook(): boolean;
  /**
   * What `load` or `inspect` found last has been dealt with and is no change any more. `lastGood`: it is in force and holds
   * no secret in clear, so it becomes the last good copy.
   */
  accept(lastGood: boolean): void;
  /** Replaces the file and the last good copy. A file of an older version is kept as `settings.json.v<old>.bak` first. */
  write(document: JsonObject): void;
  /** Keeps a refused content, secrets masked; returns the copy's path, null where it could not be written. */
  setAside(bytes: Uint8Array): string | null;
  /** Calls back when the file was changed by someone else, within a second. Returns the function that ends it. */
  watch(onChange: () => void): () => void;
}

function sameContent(a: Buffer | null, b: Buffer | null): boolean {
  return a === null || b === null ? a === b : a.equals(b);
}

export function createConfigStore(deps: {
  file: SettingsFile;
  log: Log;
  redactor: Redactor;
  now: () => number;
  migrations?: SettingsMigrations;
}): ConfigStore {
  const { file, log } = deps;
  const name = path.basename(file.path);
  const copies = createSettingsCopies({
    settingsPath: file.path,
    redactor: deps.redactor,
    now: deps.now,
  });
  /** What the file held when it was last accepted or written. */
  let accepted: Buffer | null = null;
  /** What it held when it was last looked at, good or not. */
  let seen: Buffer | null = null;

  function stateOf(bytes: Buffer | null, fileName: string): FileState {
    if (bytes === null) return { state: 'missing' };
    let newer = false;
    try {
      const written = parseSettingsBytes(bytes, fileName);
      newer = isNewer(written);
      const document = withIds(migrateSettings(written, deps.migrations));
      const settings = parseSettings(document);
      return { state: 'good', bytes, document, settings, migrated: document !== written };
    } catch (error) {
      if (!(error instanceof SettingsInvalidError)) throw error;
      return { state: 'wrong', bytes, error, newer };
    }
  }

  function inspect(): FileState {
    seen = file.read();
    return stateOf(seen, name);
  }

  /** Nobody but the user reads settings, whoever made the file. */
  function tighten(target: string): void {
    if (process.platform === 'win32') return;
    const mode = fs.statSync(target, { throwIfNoEntry: false })?.mode;
    if (mode === undefined || (mode & 0o077) === 0) return;
    try {
      fs.chmodSync(target, privateMode);
      log.warn(`${target} could be read by other users; its mode is 0600 now`);
    } catch {
      log.warn(`${target} can be read by other users, and its mode can't be changed`);
    }
  }

  function keepGood(bytes: Buffer): void {
    try {
      copies.writeBackup(bytes);
    } catch (error) {
      log.warn(`the last good copy ${copies.backup} could not be written`, { error: String(error) });
    }
  }

  function setAside(bytes: Uint8Array): string | null {
    try {
      return copies.setAside(bytes);
    } catch (error) {
      log.warn(`the refused ${name} could not be kept`, { error: String(error) });
      return null;
    }
  }

  function rescueFrom(state: FileState, unusable: 'throw' | 'defaults'): LoadedSettings {
    const backup = stateOf(copies.readBackup(), path.basename(copies.backup));
    if (state.state === 'missing') {
      if (backup.state !== 'good') return { document: {}, rewrite: true, rescue: null };
      const rescue: Rescue = { from: 'backup', error: null, keptAs: null };
      return { document: backup.document, rewrite: true, rescue };
    }
    if (state.state === 'good') return { document: state.document, rewrite: state.migrated, rescue: null };
    if (backup.state === 'good') {
      const rescue: Rescue = { from: 'backup', error: state.error, keptAs: setAside(state.bytes) };
      return { document: backup.document, rewrite: true, rescue };
    }
    // An empty file without a last good copy is how a mount or `touch` makes a first start.
    if (!/\S/.test(state.bytes.toString('utf8'))) return { document: {}, rewrite: true, rescue: null };
    if (unusable === 'throw' || state.newer) throw new SettingsInvalidError(state.error.issues, file.path);
    const rescue: Rescue = { from: 'defaults', error: state.error, keptAs: setAside(state.bytes) };
    return { document: {}, rewrite: true, rescue };
  }

  return {
    path: file.path,
    inspect,
    load(unusable) {
      removeLeftovers(path.dirname(file.path), [name, path.basename(copies.backup)], deps.now());
      tighten(file.path);
      tighten(copies.backup);
      return rescueFrom(inspect(), unusable);
    },
    changedOutside: () => !sameContent(file.read(), accepted),
    changedSinceLook: () => !sameContent(file.read(), seen),
    accept(lastGood) {
      accepted = seen;
      if (lastGood && seen) keepGood(seen);
    },
    write(document) {
      const before = stateOf(file.read(), name);
      if (before.state === 'good' && before.migrated) {
        const old = versionOf(parseSettingsBytes(before.bytes, name));
        if (old !== settingsVersion) {
          log.info(`settings brought from version ${old} to ${settingsVersion}`, {
            kept: copies.keepVersion(before.bytes, old),
          });
        }
      }
      file.write(document);
      accepted = file.read();
      seen = accepted;
      if (accepted) keepGood(accepted);
    },
    setAside,
    watch(onChange) {
      return watchFile({
        path: file.path,
        read: file.read,
        seen: (content) => sameContent(content, seen),
        whole: (content) => {
          const state = stateOf(content, name);
          return state.state !== 'wrong' || state.error.issues[0]?.path !== name;
        },
        onChange,
        onError: (error) => log.warn(`${name} can't be watched just now`, { error: String(error) }),
      });
    },
  };
}
