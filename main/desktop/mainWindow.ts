// The full window. Closing it destroys it, so that a closed window costs no process; the gateway does not notice.
import { app, type BrowserWindow, screen } from 'electron';
import { createPageWindow, leadTo, type PageWindowDeps } from './pageWindow.ts';
import { minimumSize, readBounds, type WindowBounds, writeBounds } from './windowBounds.ts';

export interface MainWindow {
  /** Makes the window, or brings it to the front; at a place in it, e.g. `/endpoints/groq`, where one is given. */
  open(place?: string): void;
  /** At once, whatever the page says to it. */
  close(): void;
}

interface MainWindowDeps extends PageWindowDeps {
  /** window.json */
  boundsFile: string;
  /** Linux takes the window's icon from here. */
  icon: string;
}

export function createMainWindow(deps: MainWindowDeps): MainWindow {
  let window: BrowserWindow | null = null;

  function create(place: string): BrowserWindow {
    const { maximized, ...bounds } = readBounds(
      deps.boundsFile,
      screen.getAllDisplays().map((display) => display.workArea),
    );
    const icon = process.platform === 'linux' ? { icon: deps.icon } : {};
    const options = { ...bounds, ...minimumSize, ...icon, autoHideMenuBar: true };
    const created = createPageWindow(deps, options, place, (gone) => {
      if (window === gone) window = null;
      if (window === null) app.dock?.hide();
    });
    created.on('close', () => remember(created));
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

  return {
    open(place) {
      // One that is closing is none any more, though its end is still to be told.
      if (!window || window.isDestroyed()) {
        void app.dock?.show();
        window = create(place ?? '/');
        return;
      }
      if (window.isMinimized()) window.restore();
      if (place !== undefined) leadTo(window, place, deps.log);
      window.show();
      window.focus();
    },
    close() {
      if (!window) return;
      remember(window);
      window.destroy();
    },
  };
}
