// settings.json through conf, which writes; reading is done here, because conf takes a broken or non-object file for an empty one.
import fs from 'node:fs';
import path from 'node:path';
import Conf from 'conf';
import type { SettingsFile } from './settingsFile.ts';
import { privateMode, syncFolder, writeFileAtomic } from './writeFileAtomic.ts';

/** settings.json as text: two spaces, a final newline. */
export function settingsText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Construction must neither throw at a broken file nor wipe it, so what can't be parsed counts as empty, here only. */
function parseOrEmpty(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** The options for conf and for electron-store (which calls the file's name `name`) that make both write the same file alike. */
export function settingsConfOptions(dataDir: string) {
  return {
    cwd: dataDir,
    name: 'settings',
    configName: 'settings',
    configFileMode: privateMode,
    accessPropertiesByDotNotation: false,
    clearInvalidConfig: false,
    serialize: settingsText,
    deserialize: parseOrEmpty,
  };
}

/** Any Conf (electron-store's Store extends it) made with `settingsConfOptions` as the port. */
export function settingsFileFromConf(conf: {
  readonly path: string;
  store: Record<string, unknown>;
}): SettingsFile {
  const read = (): Buffer | null => {
    try {
      return fs.readFileSync(conf.path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  };
  return {
    path: conf.path,
    read,
    write(document) {
      const before = read();
      conf.store = document;
      // On a full disk the library can rename a file that was written in part.
      if (read()?.equals(Buffer.from(settingsText(document)))) {
        syncFolder(path.dirname(conf.path));
        return;
      }
      if (before) writeFileAtomic(conf.path, before);
      throw new Error(`${conf.path} could not be written whole; is the disk full?`);
    },
  };
}

/** `<dataDir>/settings.json` for a program without Electron. Makes the folder (mode 0700) where it is missing. */
export function openConfSettingsFile(dataDir: string): SettingsFile {
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return settingsFileFromConf(new Conf<Record<string, unknown>>(settingsConfOptions(dataDir)));
}
