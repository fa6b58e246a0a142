import type { Clock } from './base/clock.ts';
import type { LogLevel, LogSink } from './base/log.ts';
import type { SystemProxy } from './base/systemProxy.ts';
import type { StartChild } from './store/childProcess.ts';
import type { LogFile } from './store/logFile.ts';
import type { SettingsFile } from './store/settingsFile.ts';

export type VaultChoice = 'auto' | 'keychain' | 'file' | 'memory';

/** The port: all that the core needs to know of where it runs. The desktop and the headless program each build one. */
export interface Platform {
  shell: 'desktop' | 'headless';
  version: string;
  /**
   * Holds settings.json, usage.db, vault.json, spending.json, names.json, runtime.json and logs/. Made with mode 0700 by whoever builds the
   * platform.
   */
  dataDir: string;
  /** The built dashboard (`out/renderer`), or null where there is none to serve. */
  rendererDir: string | null;
  /** conf headless, electron-store on the desktop, over the same settings.json. */
  settingsFile: SettingsFile;
  /** Read-only settings file to import at start (`--config`). */
  importFile: string | null;
  /** What flags and environment say; null leaves it to settings.json. */
  overrides: { host: string | null; port: number | null };
  vault: { choice: VaultChoice; passphrase: string | null };
  /** `SLUICE_ADMIN_TOKEN`, else one is generated and kept in the vault. */
  adminToken: string | null;
  /** `SLUICE_CLIENT_KEY`: one more client key, never written to disk. */
  clientKey: string | null;
  redisUrl: string | null;
  /** For `{"env":"NAME"}` secrets. */
  env: Readonly<Record<string, string | undefined>>;
  /** `file`: where the sink writes, for the window to show; absent: nowhere. */
  log: { level: LogLevel; sink: LogSink; file?: LogFile };
  clock: Clock;
  /** How a helper process is started where Node's own fork does not work (Electron); absent: fork. */
  startChild?: StartChild;
  /** The proxy the system names for a URL; absent: what the environment says. */
  systemProxy?: SystemProxy;
  /** Desktop: shows a folder in the system's file manager. */
  openFolder?: (folder: string) => void;
  /** Desktop: puts text on the system's clipboard. */
  copyText: ((text: string) => void) | null;
  /** Shows a secret to the person at the terminal, once, outside the log. */
  showOnce: ((label: string, secret: string) => void) | null;
}
