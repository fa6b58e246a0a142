// Brings a settings document of an older version up to ours, one version at a time. It never touches one of a newer version.
import { settingsVersion } from '../contract/schemas/settings.ts';
import type { JsonObject } from './parseSettings.ts';
import { SettingsInvalidError } from './settingsInvalidError.ts';

/** By the version a step starts from: `{1: from1To2}`. A step gets a copy and returns the document of the next version. */
export type SettingsMigrations = Readonly<Record<number, (document: JsonObject) => JsonObject>>;

/** None yet: version 1 is the first. */
const settingsMigrations: SettingsMigrations = {};

/** The version a document says it has; ours where it says none. Not a number at all is left to the schema. */
export function versionOf(document: JsonObject): number {
  return typeof document.version === 'number' && Number.isInteger(document.version)
    ? document.version
    : settingsVersion;
}

export function isNewer(document: JsonObject): boolean {
  return versionOf(document) > settingsVersion;
}

/** The document in our version; the same object where it already is. Throws SettingsInvalidError for a newer or unknown one. */
export function migrateSettings(
  document: JsonObject,
  migrations: SettingsMigrations = settingsMigrations,
): JsonObject {
  const from = versionOf(document);
  if (from === settingsVersion) return document;
  if (from > settingsVersion) {
    const message = `is ${from}, written by a newer Sluice; this one understands up to ${settingsVersion}. Update Sluice, or put an older settings.json in its place`;
    throw new SettingsInvalidError([{ path: 'version', message }]);
  }
  let current = structuredClone(document);
  for (let version = from; version < settingsVersion; version++) {
    const step = migrations[version];
    if (!step)
      throw new SettingsInvalidError([
        { path: 'version', message: `is ${from}, which this Sluice does not know` },
      ]);
    current = { ...step(current), version: version + 1 };
  }
  return current;
}
