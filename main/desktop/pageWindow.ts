// A window with a page of ours: isolated, shown once it has painted, gone when its process is. Both windows are one of these.
import { app, BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme } from 'electron';
import type { Log } from '../base/log.ts';

export interface PageWindowDeps {
  /** Address of the page; what the page has to know before it paints stands in it. */
  url: () => string;
  preload: string;
  /** `webContents.id` of the windows that may speak to us. */
  known: Set<number>;
  log: Log;
}

/** The page's own backgrounds, so that the window does not flash before the page paints. */
const background = { light: '#ffffff', dark: '#111416' };

/** `onGone` is called once: nobody may use the window from then on, though it may still be closing. */
export function createPageWindow(
  deps: PageWindowDeps,
  options: BrowserWindowConstructorOptions,
  place: string,
  onGone: (window: BrowserWindow) => void,
): BrowserWindow {
  const window = new BrowserWindow({
    ...options,
    title: 'Sluice',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload: deps.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      disableBlinkFeatures: 'Auxclick',
      devTools: !app.isPackaged,
    },
  });
  const contents = window.webContents;
  const { id } = contents;
  deps.known.add(id);
  window.once('ready-to-show', () => window.show());
  window.on('closed', () => {
    deps.known.delete(id);
    onGone(window);
  });
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    deps.log.error('the window’s process is gone; the gateway goes on', { reason, exitCode });
    // Whoever opens the window from now on gets a new one.
    onGone(window);
    // Not inside the event: Electron is still busy with these contents.
    setImmediate(() => window.isDestroyed() || window.destroy());
  });
  contents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    if (!isMainFrame || window.isDestroyed()) return;
    deps.log.error('the window’s page could not be loaded', { code, description });
    // An empty window says more than none.
    window.show();
  });
  load(window, `${deps.url()}#${place}`, deps.log);
  return window;
}

/** Leads the page of an open window to another place in it; what the page holds stays. */
export function leadTo(window: BrowserWindow, place: string, log: Log): void {
  const here = new URL(window.webContents.getURL());
  here.hash = place;
  load(window, here.href, log);
}

function load(window: BrowserWindow, address: string, log: Log): void {
  window.loadURL(address).catch((error: unknown) => {
    log.warn('the window’s page did not load', { error: String(error) });
  });
}
