// BrowserWindow on a page of Chromium. Its frame is not drawn; its size, visibility and end are kept as Electron would tell them.
import path from 'node:path';
import type { Page } from 'playwright-core';
import { app, openWindows } from './app.ts';
import { type StandInBrowser, startBrowser } from './browser.ts';
import { createEvent, Emitter } from './emitter.ts';
import { refuseUnknown } from './knownOptions.ts';
import { nativeTheme } from './nativeTheme.ts';
import { appPhase, sessionModule } from './session.ts';
import { StandInWebContents } from './webContents.ts';

interface WindowEvents {
  'ready-to-show': () => void;
  close: (event: Electron.Event) => void;
  blur: () => void;
  closed: () => void;
}

const closeMs = 3_000;

/** The window that has the keyboard; null while another program has it. */
let focusedWindow: StandInBrowserWindow | null = null;

/** The person turns to another window, of this program or not; the one that is left hears of it first. */
export function moveFocus(to: StandInBrowserWindow | null): void {
  const left = focusedWindow;
  if (left === to) return;
  focusedWindow = to;
  left?.emit('blur');
}

/** Pages that are windows of ours; any other is one that a page opened. */
const owners = new Map<Page, StandInWebContents>();
let expected = 0;
let browser: Promise<StandInBrowser> | null = null;

export function runningBrowser(): Promise<StandInBrowser> | null {
  return browser;
}

async function bringUpBrowser(): Promise<StandInBrowser> {
  const started = await startBrowser(app.getPath('sessionData'));
  const { context } = started;
  const keeper = context.pages();
  await context.route('**/*', async (route) => {
    const owner = owners.get(pageOf(route.request()) ?? (keeper[0] as Page));
    await (owner ? owner.answer(route) : route.abort('blockedbyclient')).catch(() => {});
  });
  context.on('page', (page) => {
    if (expected > 0) expected--;
    else void page.close().catch(() => {});
  });
  return started;
}

function pageOf(request: { frame(): { page(): Page } }): Page | null {
  try {
    return request.frame().page();
  } catch {
    // The first request of a page that is not there yet: one that a page opened.
    return null;
  }
}

function refuseInsecure(preferences: Electron.WebPreferences): void {
  const { sandbox, contextIsolation, nodeIntegration, preload } = preferences;
  if (contextIsolation === false || nodeIntegration || !(sandbox || app.sandboxed))
    throw new Error('the stand-in models sandboxed, isolated windows only');
  if (preload && !path.isAbsolute(preload)) throw new Error('preload script must have absolute path');
}

export class StandInBrowserWindow
  extends Emitter<WindowEvents>
  implements
    Pick<
      Electron.BrowserWindow,
      | 'loadURL'
      | 'show'
      | 'focus'
      | 'close'
      | 'destroy'
      | 'isDestroyed'
      | 'isMinimized'
      | 'restore'
      | 'maximize'
      | 'isMaximized'
      | 'getNormalBounds'
      | 'setVisibleOnAllWorkspaces'
    >
{
  readonly webContents: StandInWebContents;
  readonly options: Electron.BrowserWindowConstructorOptions;
  bounds: Electron.Rectangle;
  visible: boolean;
  minimized = false;
  maximized = false;
  /** How often the user was shown this window again. */
  focused = 0;
  readonly #page: Promise<Page>;
  readonly #gone = Promise.withResolvers<void>();
  #destroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    if (!appPhase.ready) throw new Error('Cannot create BrowserWindow before app is ready');
    refuseUnknown('BrowserWindowConstructorOptions', options);
    refuseUnknown('WebPreferences', options.webPreferences ?? {});
    refuseInsecure(options.webPreferences ?? {});
    this.options = options;
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.bounds = { x, y, width, height };
    this.visible = options.show ?? true;
    this.webContents = new StandInWebContents(options.webPreferences ?? {});
    openWindows.add(this);
    app.emit('web-contents-created', createEvent({}), this.webContents);
    this.#page = this.#createPage();
    this.#page.catch(() => {});
  }

  static getAllWindows(): StandInBrowserWindow[] {
    return [...openWindows];
  }

  static getFocusedWindow(): StandInBrowserWindow | null {
    return focusedWindow;
  }

  /** Settles when the window is gone. */
  get gone(): Promise<void> {
    return this.#gone.promise;
  }

  async #createPage(): Promise<Page> {
    browser ??= bringUpBrowser();
    const { context } = await browser;
    expected++;
    const page = await context.newPage();
    owners.set(page, this.webContents);
    const { width, height } = this.bounds;
    await page.setViewportSize({ width, height });
    await nativeTheme.paint(page);
    await this.webContents.attach(page);
    return page;
  }

  async loadURL(address: string): Promise<void> {
    const page = await this.#page;
    await sessionModule.defaultSession.applyPermissions(page.context(), address);
    if (this.#destroyed) return;
    await this.webContents.load(address);
    if (!this.#destroyed) this.emit('ready-to-show');
  }
  show(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
    this.visible = true;
    moveFocus(this);
  }
  focus(): void {
    this.focused++;
    if (this.visible) moveFocus(this);
  }
  /** macOS only; there are no workspaces here. */
  setVisibleOnAllWorkspaces(_visible: boolean, _options?: Electron.VisibleOnAllWorkspacesOptions): void {}
  isMinimized(): boolean {
    return this.minimized;
  }
  restore(): void {
    this.minimized = false;
  }
  maximize(): void {
    this.maximized = true;
    this.visible = true;
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  getNormalBounds(): Electron.Rectangle {
    return { ...this.bounds };
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  close(): void {
    if (this.#destroyed) return;
    const event = createEvent({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    if (focusedWindow === this) focusedWindow = null;
    openWindows.delete(this);
    void this.#end();
  }
  async #end(): Promise<void> {
    const page = await this.#page.catch(() => null);
    if (page) {
      const late = new Promise((resolve) => setTimeout(resolve, closeMs).unref());
      await Promise.race([page.close().catch(() => {}), late]);
      owners.delete(page);
    }
    this.webContents.gone();
    this.emit('closed');
    this.#gone.resolve();
    if (openWindows.size === 0) app.lastWindowClosed();
  }
}
