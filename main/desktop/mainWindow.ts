// The one window. Closing it destroys it, so that a closed window costs no process; the gateway does not notice.
import { app, BrowserWindow, nativeTheme, screen, type WebContents } from 'electron';
import type { Log } from '../base/log.ts';
import { minimumSize, readBounds, type WindowBounds, writeBounds } from './windowBounds.ts';

export interface MainWindow {
  /** Makes the window, or brings it to the front. */
  open(): void;
  /** At once, whatever the page says to it. */
  close(): void;
  /** `webContents.id` of the windows that may speak to us. */
  readonly known: ReadonlySet<number>;
}

/** The page's own backgrounds, so that the window does not flash before the page paints. */
const background = { light: '#ffffff', dark: '#111416' };

export function createMainWindow(deps: {
  /** Address of the page. */
  url: string;
  preload: string;
  /** window.json */
  boundsFile: string;
  /** Linux takes the window's icon from here. */
  icon: string;
  log: Log;
}): MainWindow {
  const known = new Set<number>();
  let window: BrowserWindow | null = null;

  function create(): BrowserWindow {
    const { maximized, ...bounds } = readBounds(
      deps.boundsFile,
      screen.getAllDisplays().map((display) => display.workArea),
    );
    const created = new BrowserWindow({
      ...bounds,
      ...minimumSize,
      title: 'Sluice',
      show: false,
      backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
      autoHideMenuBar: true,
      ...(process.platform === 'linux' ? { icon: deps.icon } : {}),
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
    if (maximized) created.maximize();
    return created;
  }

  function remember(open: BrowserWindow): void {
    const bounds: WindowBounds = { ...open.getNormalBounds(), maximized: open.isMaximized() };
    try {
      writeBounds(deps.boundsFile, bounds);
    } catch (error) {
      deps.log.warn('the window’s size could not be remembered', { error: String(error) });
    }
  }

  function watch(created: BrowserWindow, contents: WebContents): void {
    const { id } = contents;
    known.add(id);
    created.once('ready-to-show', () => created.show());
    created.on('close', () => remember(created));
    created.on('closed', () => {
      known.delete(id);
      if (window === created) window = null;
      if (window === null) app.dock?.hide();
    });
    contents.on('render-process-gone', (_event, { reason, exitCode }) => {
      deps.log.error('the window’s process is gone; the gateway goes on', { reason, exitCode });
      // Whoever opens the window from now on gets a new one.
      if (window === created) window = null;
      // Not inside the event: Electron is still busy with these contents.
      setImmediate(() => created.isDestroyed() || created.destroy());
    });
    contents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
      if (!isMainFrame || created.isDestroyed()) return;
      deps.log.error('the window’s page could not be loaded', { code, description });
      // An empty window says more than none.
      created.show();
    });
  }

  return {
    open() {
      if (window) {
        if (window.isMinimized()) window.restore();
        window.show();
        window.focus();
        return;
      }
      const created = create();
      window = created;
      void app.dock?.show();
      watch(created, created.webContents);
      created.loadURL(deps.url).catch((error: unknown) => {
        deps.log.warn('the window’s page did not load', { error: String(error) });
      });
    },
    close() {
      if (!window) return;
      remember(window);
      window.destroy();
    },
    known,
  };
}
