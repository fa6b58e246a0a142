/**
 * settings.json as raw JSON. `conf` (headless) and electron-store (desktop) implement it over the same file,
 * so both write atomically and with mode 0600. It knows nothing of the schema.
 */
export interface SettingsFile {
  /** Absolute path of settings.json. */
  readonly path: string;
  /** The parsed document, `{}` where there is no file. Throws SyntaxError on broken JSON. */
  read(): unknown;
  /** Replaces the whole file atomically. */
  write(document: Record<string, unknown>): void;
}
