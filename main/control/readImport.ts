import fs from 'node:fs';
import { migrateSettings } from '../store/configMigrations.ts';
import { withIds } from '../store/missingIds.ts';
import { type JsonObject, parseSettings, parseSettingsBytes } from '../store/parseSettings.ts';
import { SettingsInvalidError } from '../store/settingsInvalidError.ts';

/** The document of a read-only settings file (`--config`). Throws SettingsInvalidError that names the file and the field. */
export function readImport(file: string): JsonObject {
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(file);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new SettingsInvalidError([{ path: file, message: `can't be read: ${reason}` }]);
  }
  try {
    const document = withIds(migrateSettings(parseSettingsBytes(bytes, 'the file')));
    parseSettings(document);
    return document;
  } catch (error) {
    if (error instanceof SettingsInvalidError) throw new SettingsInvalidError(error.issues, file);
    throw error;
  }
}
