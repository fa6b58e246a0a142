// The Electron entry: what has to happen before the app is ready, then the same core as headless with a tray in front.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, clipboard, ipcMain, protocol, session, shell } from 'electron';
import ElectronStore from 'electron-store';
import { systemClock } from './base/clock.ts';
import { createLog } from './base/log.ts';
import { createRedactor } from './base/redact.ts';
import { createCore } from './core.ts';
import { appScheme } from './desktop/appProtocol.ts';
import { type LinkInbox, openLinkInbox } from './desktop/links/registerLinks.ts';
import { startDesktop } from './desktop/startDesktop.ts';
import { startUtility } from './desktop/startUtility.ts';
import { createSystemProxy } from './desktop/systemProxy.ts';
import { updateConfig } from './desktop/updates/updateConfig.ts';
import { updateKey } from './desktop/updates/updateKey.ts';
import { readFlags } from './headlessFlags.ts';
import type { Platform } from './platform.ts';
import { settingsConfOptions, settingsFileFromConf } from './store/confSettingsFile.ts';
import { createLogFile, type LogFile } from './store/logFile.ts';
import type { SettingsFile } from './store/settingsFile.ts';
import { watchTrayHost } from './store/trayHost.ts';

/** `out/` of the repository or of the package. */
const out = path.join(import.meta.dirname, '..');
const pictures = path.join(out, '..', 'resources');
const rendererDir = path.join(out, 'renderer');

/** The same folder as headless takes, unless the environment names another. */
function takeDataDir(): string {
  const dataDir = path.resolve(process.env.SLUICE_DATA_DIR || path.join(app.getPath('appData'), 'Sluice'));
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  app.setPath('userData', dataDir);
  app.setPath('sessionData', path.join(dataDir, 'window'));
  return dataDir;
}

function openSettingsFile(dataDir: string): SettingsFile {
  const store = new ElectronStore<Record<string, unknown>>(settingsConfOptions(dataDir));
  // electron-store answers any page that asks where the settings are; ours have no reason to.
  ipcMain.removeAllListeners('electron-store-get-data');
  return settingsFileFromConf(store);
}

/** Throws FlagError where the environment says something that can't be right. */
function buildPlatform(dataDir: string, file: LogFile): Platform {
  // PORT and REDIS_URL are set for all kinds of programs; a desktop starts in an environment nobody wrote for it.
  const { PORT: _port, REDIS_URL: _redis, SLUICE_CONFIG: _config, ...env } = process.env;
  const flags = readFlags([], env);
  return {
    shell: 'desktop',
    version: app.getVersion(),
    dataDir,
    rendererDir,
    settingsFile: openSettingsFile(dataDir),
    importFile: null,
    overrides: { host: flags.host, port: flags.port },
    vault: { choice: flags.vault, passphrase: flags.vaultPassphrase },
    adminToken: flags.adminToken,
    clientKey: flags.clientKey,
    redisUrl: flags.redisUrl,
    env: process.env,
    log: { level: flags.logLevel, sink: file.sink, file },
    clock: systemClock,
    startChild: startUtility,
    systemProxy: createSystemProxy({
      env: process.env,
      resolveProxy: (url) => session.defaultSession.resolveProxy(url),
      monotonic: systemClock.monotonic,
    }),
    openFolder: (folder) => void shell.openPath(folder),
    copyText: (text) => clipboard.writeText(text),
    showOnce: null,
  };
}

async function run(dataDir: string, linkInbox: LinkInbox): Promise<void> {
  const file = createLogFile(dataDir);
  const log = createLog({ level: 'info', sink: file.sink, redactor: createRedactor(), now: systemClock.now });
  // A fault in one corner is written down; the gateway goes on serving.
  process.on('uncaughtException', (error) =>
    log.error('unforeseen', { error: error.stack ?? error.message }),
  );
  process.on('unhandledRejection', (reason) => log.error('unforeseen', { error: String(reason) }));
  await app.whenReady();
  await startDesktop({
    createCore: async () => createCore(buildPlatform(dataDir, file)),
    dataDir,
    rendererDir,
    preload: path.join(out, 'preload', 'index.cjs'),
    trayPictures: path.join(pictures, 'tray'),
    windowIcon: path.join(pictures, 'icons', '256x256.png'),
    watchTrayHost: process.platform === 'linux' ? (hear) => watchTrayHost(process.env, hear) : null,
    linkInbox,
    updateConfig: updateConfig({
      packaged: app.isPackaged,
      resources: process.resourcesPath,
      publicKey: updateKey(),
      platform: process.platform,
      env: process.env,
    }),
    log,
  });
}

// Everything made from here on is for this user alone.
process.umask(0o077);
const dataDir = takeDataDir();
if (app.requestSingleInstanceLock()) {
  app.enableSandbox();
  if (process.platform === 'win32') app.setAppUserModelId('app.sluice.desktop');
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true } }]);
  void run(dataDir, openLinkInbox(process.argv));
} else {
  app.quit();
}
