import type { Settings } from '../contract/schemas/settings.ts';

/** A settings document that was refused. Nothing changed. */
export class SettingsInvalidError extends Error {
  override readonly name = 'SettingsInvalidError';
  /** `path` as people write it: `endpoints[0].baseUrl`. */
  readonly issues: readonly { path: string; message: string }[];
  constructor(issues: SettingsInvalidError['issues']) {
    super(issues.map((issue) => `${issue.path}: ${issue.message}`).join('; '));
    this.issues = issues;
  }
}

/** The settings as a caller may change them: secrets may be put in as plain strings. */
export type SettingsDraft = Settings;

/** The configuration loop: validate whole, move secrets into the vault, compile, write atomically, swap, publish. */
export interface ConfigControl {
  readonly settings: Settings;
  /**
   * Applies a change to a deep copy of the settings in force. Edits are serialised. Throws SettingsInvalidError, VaultError or
   * the file system's error, and then the old configuration is still in force, on disk and in memory.
   */
  edit(change: (draft: SettingsDraft) => void): Promise<Settings>;
  /** Reads the file (and the vault) again, e.g. after an edit by hand or an unlocked keychain. A wrong file changes nothing. */
  reload(): Promise<void>;
}
