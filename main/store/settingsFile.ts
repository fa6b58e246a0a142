/**
 * settings.json as bytes. `conf` (headless) and electron-store (desktop) implement it over the same file,
 * so both write atomically and with mode 0600. It knows nothing of the schema.
 */
export interface SettingsFile {
  /** Absolute path of settings.json. */
  readonly path: string;
  /** What stands in the file, null where there is none. Throws the file system's error. */
  read(): Buffer | null;
  /** Replaces the whole file atomically. Throws the file system's error, or where the file does not hold what was written. */
  write(document: Record<string, unknown>): void;
}
