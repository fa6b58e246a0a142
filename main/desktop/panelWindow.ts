// The small window at the tray's icon. It goes as soon as the person looks elsewhere, and costs no process while it is gone.
import { type BrowserWindow, type Rectangle, screen } from 'electron';
import { createPageWindow, type PageWindowDeps } from './pageWindow.ts';
import { panelBounds } from './panelBounds.ts';

export interface PanelWindow {
  open(): void;
  /** A click on the icon: opens it, or closes it where it is open. */
  toggle(): void;
  close(): void;
}

interface PanelWindowDeps extends PageWindowDeps {
  /** Where the tray's icon is; null where the system does not tell. */
  iconBounds: () => Rectangle | null;
  now: () => number;
}

/** A click on the icon takes the focus before it is told: what it has closed a moment ago, it must not open again. */
const sameClickMs = 400;

export function createPanelWindow(deps: PanelWindowDeps): PanelWindow {
  let window: BrowserWindow | null = null;
  let leftAt = Number.NEGATIVE_INFINITY;

  function place(): Rectangle {
    const icon = deps.iconBounds();
    const cursor = screen.getCursorScreenPoint();
    const { workArea } = screen.getDisplayNearestPoint(icon ?? cursor);
    return panelBounds(icon, workArea, cursor, process.platform);
  }

  function create(): BrowserWindow {
    const options = {
      ...place(),
      frame: false,
      resizable: false,
      movable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
    };
    const created = createPageWindow(deps, options, '/tray', (gone) => {
      if (window === gone) window = null;
    });
    created.on('blur', () => {
      if (window !== created) return;
      leftAt = deps.now();
      close();
    });
    // Also over a program that fills the screen; no longer than it is open, so it follows to no other.
    if (process.platform === 'darwin')
      created.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
    return created;
  }

  function open(): void {
    if (window) window.focus();
    else window = create();
  }

  function close(): void {
    const open = window;
    window = null;
    // It has nothing to say to its end, and nothing to remember.
    open?.destroy();
  }

  return {
    open,
    toggle() {
      if (window) close();
      else if (deps.now() - leftAt > sameClickMs) open();
    },
    close,
  };
}
