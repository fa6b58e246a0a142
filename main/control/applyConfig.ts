// The configuration loop. Whatever fails on the way, the configuration in force stays the same, in memory and on disk.
import { isDeepStrictEqual } from 'node:util';
import type { Log } from '../base/log.ts';
import type { Redactor } from '../base/redact.ts';
import type { Settings } from '../contract/schemas/settings.ts';
import type { Platform } from '../platform.ts';
import { type DocumentWithSecrets, isOurRef, secretSpots } from '../registry/secretSpots.ts';
import type { Snapshot } from '../registry/snapshot.ts';
import { createSnapshotHolder, type SnapshotHolder } from '../registry/snapshotHolder.ts';
import type { SettingsMigrations } from '../store/configMigrations.ts';
import { createConfigStore, type FileState } from '../store/configStore.ts';
import { type JsonObject, parseSettings } from '../store/parseSettings.ts';
import { createScratchVault } from '../store/scratchVault.ts';
import { SettingsInvalidError } from '../store/settingsInvalidError.ts';
import { VaultError } from '../store/vault.ts';
import type { VaultHolder } from '../store/vaultHolder.ts';
import { createConfigReports } from './configReports.ts';
import { withFirstKey } from './defaultKey.ts';
import type { LiveBus } from './liveBus.ts';
import { mergeImport } from './mergeImport.ts';
import { forget } from './moveSecrets.ts';
import { isLasting, type PreparedConfig, prepareConfig, refsOf } from './prepareConfig.ts';
import type { Problems } from './problems.ts';
import { readImport } from './readImport.ts';

export { SettingsInvalidError } from '../store/settingsInvalidError.ts';

/** The settings as a caller may change them: secrets may be put in as plain strings. */
export type SettingsDraft = Settings;

/** The configuration loop: validate whole, move secrets into the vault, compile, write atomically, swap, publish. */
export interface ConfigControl {
  readonly settings: Settings;
  /** What the data plane runs on. */
  readonly snapshots: SnapshotHolder;
  /**
   * Applies a change to a deep copy of the settings in force. Edits are serialised. Throws SettingsInvalidError, VaultError or
   * the file system's error, and then the old configuration is still in force, on disk and in memory.
   */
  edit(change: (draft: SettingsDraft) => void): Promise<Settings>;
  /** What such a change would bring into force, for a trial: nothing is written, kept in the vault or told. Throws as `edit` does. */
  foresee(change: (draft: SettingsDraft) => void): Promise<Snapshot>;
  /** The secret behind a vault reference that is in force; null where it can't be read. For what stays in this process. */
  reveal(ref: string): string | null;
  /**
   * Reads the file (and the vault) again, e.g. after an edit by hand or an unlocked keychain. A wrong file changes nothing
   * but raises a problem. Never throws.
   */
  reload(): Promise<void>;
  /** Ends the watch on the file, after what is under way. */
  close(): Promise<void>;
}

export interface ConfigControlDeps {
  platform: Pick<Platform, 'shell' | 'settingsFile' | 'importFile' | 'clientKey' | 'env' | 'clock'>;
  vault: VaultHolder;
  problems: Problems;
  liveBus: Pick<LiveBus, 'publish'>;
  redactor: Redactor;
  log: Log;
  migrations?: SettingsMigrations;
}

/** What the file on disk lacks of the configuration in force, and why. */
type Lag = 'none' | 'deleted' | 'failed' | 'held-back';

/** The path of the first plain secret, or null. */
function plainSecret(document: JsonObject): string | null {
  const spots = secretSpots(document as DocumentWithSecrets);
  return spots.find((spot) => typeof spot.secret === 'string')?.path ?? null;
}

/**
 * Loads the settings, makes a first client key where there is none, imports `platform.importFile`, and watches the file from
 * then on. Throws SettingsInvalidError where there is nothing to start with, VaultError where a first secret can't be kept.
 */
export async function createConfigControl(deps: ConfigControlDeps): Promise<ConfigControl> {
  const { platform, vault, log } = deps;
  const reports = createConfigReports(deps);
  const store = createConfigStore({
    file: platform.settingsFile,
    log,
    redactor: deps.redactor,
    now: platform.clock.now,
    ...(deps.migrations ? { migrations: deps.migrations } : {}),
  });
  const prepareDeps = { ...deps, env: platform.env, clientKey: platform.clientKey };
  if (platform.clientKey) deps.redactor.add(platform.clientKey);

  let lag: Lag = 'none';
  /** Content that was refused last, so that it is complained about once and kept before it is written over. */
  let refused: Buffer | null = null;
  /** Secrets whose account was taken out of the file by hand in this run: an undo in the editor brings them back. */
  const removedByHand = new Map<string, string>();
  let work: Promise<unknown> = Promise.resolve();

  function inTurn<T>(step: () => Promise<T>): Promise<T> {
    const result = work.then(step);
    work = result.catch(() => {});
    return result;
  }

  const vaultOpen = (): boolean => vault.status().state === 'ready';

  /** Throws the file system's error; then `lag` tells that the file is behind only where the caller says so. */
  function write(document: JsonObject): void {
    try {
      if (refused) store.setAside(refused);
      store.write(document);
    } catch (error) {
      reports.unwritable(store.path, error);
      throw error;
    }
    refused = null;
    lag = 'none';
    reports.written();
  }

  /** For what is in force anyway: a file that can't be written is a problem, not an end. */
  function tryWrite(document: JsonObject): void {
    try {
      write(document);
    } catch {
      lag = 'failed';
    }
  }

  async function start(): Promise<PreparedConfig> {
    const loaded = store.load(platform.shell === 'desktop' ? 'defaults' : 'throw');
    const wanted = platform.importFile
      ? mergeImport(loaded.document, readImport(platform.importFile))
      : loaded.document;
    const plain = plainSecret(loaded.document);
    const held = plain !== null && !vaultOpen();
    const document = withFirstKey(wanted, isLasting(vault)) ?? wanted;
    const config = await prepareConfig(document, null, true, prepareDeps);
    store.accept(!loaded.rewrite && plain === null);
    if (loaded.rescue) reports.rescued(loaded.rescue);
    if (held) {
      lag = 'held-back';
      reports.heldBack(plain);
    } else if (loaded.rewrite || !isDeepStrictEqual(config.document, loaded.document)) {
      tryWrite(config.document);
    }
    return config;
  }

  let inForce = await start();
  const snapshots = createSnapshotHolder(inForce.snapshot);
  reports.inForce(inForce.snapshot, vault.status());

  async function install(next: PreparedConfig, byHand: boolean): Promise<void> {
    const before = inForce;
    inForce = next;
    try {
      snapshots.swap(next.snapshot);
    } catch (error) {
      // Whoever follows the configuration has a fault of its own; the configuration is in force all the same.
      log.error('a follower of the configuration failed', { error: String(error) });
    }
    reports.inForce(next.snapshot, vault.status());
    for (const name of ['endpoints', 'clientKeys', 'settings'] as const) deps.liveBus.publish({ name });
    const kept = refsOf(next.document);
    // What was removed under a locked vault may be back.
    vault.keep(kept);
    const gone = [...refsOf(before.document)].filter((ref) => !kept.has(ref) && isOurRef(ref));
    for (const ref of gone) {
      const secret = before.secrets.get(ref);
      if (byHand && secret !== undefined) removedByHand.set(ref, secret);
    }
    for (const ref of await forget(vault, gone))
      log.warn('a secret no longer used stays in the vault', { ref });
  }

  /** Writes, and only then lets the new configuration take over. */
  async function writeAndInstall(next: PreparedConfig, byHand: boolean): Promise<void> {
    try {
      write(next.document);
    } catch (error) {
      await forget(vault, next.written);
      throw error;
    }
    await install(next, byHand);
  }

  async function bringBackRemoved(document: JsonObject): Promise<void> {
    for (const ref of refsOf(document)) {
      const secret = removedByHand.get(ref);
      if (secret === undefined) continue;
      if ((await vault.get(ref).catch(() => null)) === null) await vault.set(ref, secret);
      removedByHand.delete(ref);
    }
  }

  /** An edit made outside. Throws where it can't be taken, and then nothing has changed. */
  async function takeOutside(found: Extract<FileState, { state: 'good' }>): Promise<void> {
    const plain = plainSecret(found.document);
    if (plain !== null && !vaultOpen()) {
      const message = `can't be moved into the vault while it is ${vault.status().state}; open it, then this edit applies`;
      throw new SettingsInvalidError([{ path: plain, message }]);
    }
    await bringBackRemoved(found.document);
    const next = await prepareConfig(found.document, inForce, true, prepareDeps);
    refused = null;
    if (found.migrated || !isDeepStrictEqual(next.document, found.document)) {
      await writeAndInstall(next, true);
    } else {
      store.accept(true);
      lag = 'none';
      await install(next, true);
    }
    reports.settled();
    log.info('settings.json was changed and applies now');
  }

  function refuse(found: { bytes: Buffer }, error: unknown): void {
    reports.refused(error, refused?.equals(found.bytes) === true);
    refused = found.bytes;
  }

  function noticeDeleted(): void {
    lag = 'deleted';
    store.accept(false);
    reports.deleted();
  }

  /** What happened to the file comes before an edit that would write over it. Throws where it must not be written over. */
  async function takeOutsideFirst(): Promise<void> {
    if (!store.changedOutside()) {
      if (lag !== 'held-back') return;
      throw new VaultError('locked', 'settings.json holds secrets in clear that wait for the vault to open');
    }
    const found = store.inspect();
    if (found.state === 'good') await takeOutside(found);
    else if (found.state === 'missing') noticeDeleted();
    else if (found.newer) throw found.error;
    else refuse(found, found.error);
  }

  /** Asks the vault again for what is in force, and writes down what could not be written before. */
  async function refresh(): Promise<void> {
    const next = await prepareConfig(inForce.document, inForce, true, prepareDeps);
    const changed = !isDeepStrictEqual(next.document, inForce.document);
    const held = lag === 'held-back';
    if (changed || lag === 'failed' || (held && vaultOpen())) {
      if ((held && !vaultOpen()) || store.changedOutside()) lag = held ? lag : 'failed';
      else tryWrite(next.document);
    }
    if (held && lag === 'none') reports.settled();
    await install(next, false);
  }

  async function reloadNow(): Promise<void> {
    try {
      const found = store.changedOutside() ? store.inspect() : null;
      if (found?.state === 'good') {
        const taken = await takeOutside(found).then(
          () => true,
          (error: unknown) => refuse(found, error),
        );
        if (taken) return;
      } else if (found?.state === 'wrong') refuse(found, found.error);
      else if (found?.state === 'missing') noticeDeleted();
      else if (refused) {
        // The refused edit was taken back by hand.
        refused = null;
        reports.settled();
      }
      await refresh();
    } catch (error) {
      log.error('settings could not be read again', { error: String(error) });
    }
  }

  async function editNow(change: (draft: SettingsDraft) => void): Promise<Settings> {
    for (let attempt = 1; ; attempt++) {
      await takeOutsideFirst();
      const draft = structuredClone(inForce.snapshot.settings);
      change(draft);
      const next = await prepareConfig(parseSettings(draft), inForce, false, prepareDeps);
      if (store.changedSinceLook() && attempt < 5) {
        // Edited by hand while secrets were on their way: begin again on top of that.
        await forget(vault, next.written);
        continue;
      }
      // A secret typed again for an entry that was gone gets its reference back: nothing to write, but much to install.
      const news = lag !== 'none' || refused !== null || next.written.length > 0;
      if (!news && isDeepStrictEqual(next.document, inForce.document)) return next.snapshot.settings;
      await writeAndInstall(next, false);
      reports.settled();
      return next.snapshot.settings;
    }
  }

  async function foresee(change: (draft: SettingsDraft) => void): Promise<Snapshot> {
    const draft = structuredClone(inForce.snapshot.settings);
    change(draft);
    const scratch = Object.assign(createScratchVault(vault), { status: vault.status });
    const { snapshot } = await prepareConfig(parseSettings(draft), inForce, false, {
      ...prepareDeps,
      vault: scratch,
    });
    return snapshot;
  }

  const endWatch = store.watch(() => void inTurn(reloadNow));
  const endListening = vault.onChange(() => void inTurn(reloadNow));

  return {
    get settings() {
      return snapshots.current.settings;
    },
    snapshots,
    edit: (change) => inTurn(() => editNow(change)),
    foresee,
    reveal: (ref) => inForce.secrets.get(ref) ?? null,
    reload: () => inTurn(reloadNow),
    close() {
      endWatch();
      endListening();
      return inTurn(async () => {});
    },
  };
}
