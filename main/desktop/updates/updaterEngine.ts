// electron-updater behind our engine: it keeps what was loaded, checks its hash and installs. What it may believe and how it may
// ask, `signedProvider` and `httpsExecutor` decide.
import {
  AppImageUpdater,
  type AppUpdater,
  CancellationToken,
  MacUpdater,
  NsisUpdater,
} from 'electron-updater';
import type { AppAdapter } from 'electron-updater/out/AppAdapter.js';
import type { Log } from '../../base/log.ts';
import type { Release } from '../../contract/schemas/update.ts';
import type { ChannelSource } from './fetchChannel.ts';
import { HttpsExecutor } from './httpsExecutor.ts';
import { SignedProvider } from './signedProvider.ts';
import type { UpdateEngine } from './updateEngine.ts';
import { UpdateError } from './updateError.ts';
import { isNewer } from './version.ts';

export interface UpdaterEngineDeps {
  source: ChannelSource;
  /** What it has to know of the program around it. */
  app: AppAdapter;
  log: Log;
  /** Without a byte for so long, loading ends. */
  stallMs?: number;
  /** An AppImage got another name: its file has the version in it. */
  onMoved?: (file: string) => void;
}

function updaterFor(platform: NodeJS.Platform, app: AppAdapter): AppUpdater {
  if (platform === 'win32') return new NsisUpdater(undefined, app);
  return platform === 'darwin' ? new MacUpdater(undefined, app) : new AppImageUpdater(undefined, app);
}

export function createUpdaterEngine(deps: UpdaterEngineDeps): UpdateEngine {
  const { source, app, log, stallMs = 60_000 } = deps;
  const updater = updaterFor(source.platform, app);
  const said = (message: unknown) => log.debug('updater', { message: String(message) });
  updater.logger = { info: said, warn: said, error: said };
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = true;
  updater.allowPrerelease = false;
  updater.allowDowngrade = false;
  updater.disableWebInstaller = true;
  // A whole file can be started over whatever happened; parts of it depend on what is left of the former one.
  updater.disableDifferentialDownload = true;
  Object.assign(updater, {
    httpExecutor: new HttpsExecutor(source.send),
    // Else it writes down a number of this installation.
    stagingUserIdPromise: { value: Promise.resolve('') },
  });
  const feed = { provider: 'custom', updateProvider: SignedProvider, source } as const;
  updater.setFeedURL(feed as Parameters<AppUpdater['setFeedURL']>[0]);
  updater.on('error', said);
  updater.on('appimage-filename-updated', (file) => deps.onMoved?.(file));

  return {
    way: 'itself',
    async check(): Promise<Release | null> {
      const result = await updater.checkForUpdates();
      if (!result) throw new UpdateError('install', 'this copy of the program can not be replaced');
      const { version, releaseNotes, files } = result.updateInfo;
      if (!result.isUpdateAvailable || !isNewer(version, app.version)) return null;
      return {
        version,
        notes: typeof releaseNotes === 'string' ? releaseNotes : '',
        size: files[0]?.size ?? null,
      };
    },
    async load(onPercent, signal) {
      const token = new CancellationToken();
      const stop = (): void => token.cancel();
      let stalled = setTimeout(stop, stallMs);
      const onProgress = ({ percent }: { percent: number }): void => {
        clearTimeout(stalled);
        stalled = setTimeout(stop, stallMs);
        onPercent(Math.min(100, Math.max(0, percent)));
      };
      updater.on('download-progress', onProgress);
      signal.addEventListener('abort', stop, { once: true });
      try {
        await updater.downloadUpdate(token);
      } finally {
        clearTimeout(stalled);
        signal.removeEventListener('abort', stop);
        updater.off('download-progress', onProgress);
      }
    },
    restart: () => updater.quitAndInstall(true, true),
  };
}
