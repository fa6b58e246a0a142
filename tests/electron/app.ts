// The app: paths, readiness, single instance and the order of events when it quits, as Electron has them on Linux.
import { readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import type { StandInBrowserWindow } from './browserWindow.ts';
import { createEvent, Emitter } from './emitter.ts';
import { refuseUnknown } from './knownOptions.ts';
import { appPhase } from './session.ts';
import { releaseInstanceLock, takeInstanceLock } from './singleInstance.ts';
import type { StandInWebContents } from './webContents.ts';

interface AppEvents {
  ready: () => void;
  activate: () => void;
  /** macOS only. */
  'open-url': (event: Electron.Event, url: string) => void;
  'window-all-closed': () => void;
  'before-quit': (event: Electron.Event) => void;
  'will-quit': (event: Electron.Event) => void;
  quit: (event: Electron.Event, exitCode: number) => void;
  'second-instance': (event: Electron.Event, argv: string[], workingDirectory: string, data: unknown) => void;
  'web-contents-created': (event: Electron.Event, contents: StandInWebContents) => void;
}

type PathName = 'home' | 'appData' | 'userData' | 'sessionData' | 'temp';

/** Windows that are there; kept by browserWindow.ts. */
export const openWindows = new Set<StandInBrowserWindow>();

class StandInApp
  extends Emitter<AppEvents>
  implements
    Pick<
      Electron.App,
      | 'isPackaged'
      | 'quit'
      | 'exit'
      | 'whenReady'
      | 'getVersion'
      | 'getLocale'
      | 'getAppPath'
      | 'enableSandbox'
      | 'requestSingleInstanceLock'
      | 'setLoginItemSettings'
      | 'getLoginItemSettings'
      | 'setAppUserModelId'
      | 'setAsDefaultProtocolClient'
      | 'releaseSingleInstanceLock'
      | 'dock'
    >
{
  readonly isPackaged = false;
  /** macOS only. */
  readonly dock: Electron.Dock | undefined = undefined;
  sandboxed = false;
  loginItem: Electron.Settings = { openAtLogin: false };
  #root = '';
  #manifest: { version?: string; productName?: string; name?: string } = {};
  readonly #paths: Partial<Record<PathName, string>> = {};
  readonly #ready = Promise.withResolvers<void>();
  #quitting = false;

  /** `root` is the folder that Electron was given. */
  prepare(root: string): string {
    this.#root = root;
    const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    this.#manifest = manifest;
    return path.resolve(root, manifest.main);
  }
  /** The entry has been loaded. */
  becomeReady(): void {
    if (this.#quitting) return;
    appPhase.ready = true;
    this.#ready.resolve();
    this.emit('ready');
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => this.quit());
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }
  getVersion(): string {
    return this.#manifest.version ?? '0.0.0';
  }
  getAppPath(): string {
    return this.#root;
  }
  getLocale(): string {
    const language =
      (process.env.LANGUAGE || process.env.LC_ALL || process.env.LANG || '').split(/[.:]/)[0] ?? '';
    return /^[a-z]{2}_[A-Z]{2}$/.test(language) ? language.replace('_', '-') : 'en-US';
  }
  getPath(name: PathName): string {
    const set = this.#paths[name];
    if (set) return set;
    if (name === 'home') return homedir();
    if (name === 'temp') return tmpdir();
    if (name === 'appData') return process.env.XDG_CONFIG_HOME ?? path.join(homedir(), '.config');
    if (name === 'sessionData') return this.getPath('userData');
    return path.join(
      this.getPath('appData'),
      this.#manifest.productName ?? this.#manifest.name ?? 'Electron',
    );
  }
  setPath(name: PathName, folder: string): void {
    if (!path.isAbsolute(folder)) throw new Error('Path must be absolute');
    this.#paths[name] = folder;
  }
  enableSandbox(): void {
    if (appPhase.ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.sandboxed = true;
  }
  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    return takeInstanceLock(this.getPath('userData'), additionalData, ({ argv, cwd, data }) =>
      this.emit('second-instance', createEvent({}), argv, cwd, data),
    );
  }
  setLoginItemSettings(settings: Electron.Settings): void {
    refuseUnknown('Settings', settings);
    this.loginItem = settings;
  }
  getLoginItemSettings(options: Electron.LoginItemSettingsOptions = {}): Electron.LoginItemSettings {
    refuseUnknown('LoginItemSettingsOptions', options);
    const openAtLogin = this.loginItem.openAtLogin ?? false;
    return {
      openAtLogin,
      wasOpenedAtLogin: false,
      status: openAtLogin ? 'enabled' : 'not-registered',
      executableWillLaunchAtLogin: openAtLogin,
      launchItems: [],
    };
  }
  setAppUserModelId(_id: string): void {}
  /** What a system would note is kept. */
  readonly protocols: string[] = [];
  setAsDefaultProtocolClient(protocol: string, _path?: string, _args?: string[]): boolean {
    this.protocols.push(protocol);
    return true;
  }
  releaseSingleInstanceLock(): void {
    void releaseInstanceLock();
  }

  quit(): void {
    void this.#leave();
  }
  async #leave(): Promise<void> {
    if (this.#quitting) return;
    const before = createEvent({});
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.#quitting = true;
    for (const window of openWindows) window.close();
    await Promise.all([...openWindows].map((window) => window.gone));
    const will = createEvent({});
    this.emit('will-quit', will);
    if (will.defaultPrevented) this.#quitting = false;
    else this.exit(0);
  }
  exit(exitCode = 0): void {
    this.#quitting = true;
    this.emit('quit', createEvent({}), exitCode);
    void releaseInstanceLock().finally(() => process.exit(exitCode));
  }

  /** browserWindow.ts tells of the last window that closed. */
  lastWindowClosed(): void {
    if (this.#quitting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }
}

export const app = new StandInApp();
