// The icon in the system's tray: draws facts and passes on what was chosen. It decides nothing.
import { Menu, type MenuItemConstructorOptions, nativeImage, type Rectangle, Tray } from 'electron';
import { createPanelTheme } from './panelTheme.ts';
import { type TrayAction, type TrayItem, trayMenu } from './trayMenu.ts';
import { trayPicture } from './trayPicture.ts';
import { type TrayFacts, type TrayLook, trayLook, trayTooltip } from './trayState.ts';
import type { Words } from './words.ts';

export interface TrayIcon {
  /** Draws only what changed: a menu that is replaced while it is open would close. */
  show(facts: TrayFacts, words: Words): void;
  /** Where the icon is; null where the system does not tell, as Linux does not. */
  bounds(): Rectangle | null;
  destroy(): void;
}

function toTemplate(items: TrayItem[], act: (action: TrayAction) => void): MenuItemConstructorOptions[] {
  return items.map((item): MenuItemConstructorOptions => {
    if (item.type === 'separator') return { type: 'separator' };
    if (item.type === 'text') return { label: item.label, enabled: false };
    if (item.type === 'menu') return { label: item.label, submenu: toTemplate(item.items, act) };
    const { label } = item;
    const click = () => act(item.action);
    if (item.type === 'action') return { label, click };
    if (item.type === 'choice') return { label, type: 'radio', checked: item.checked, click };
    return { label, type: 'checkbox', checked: item.checked, enabled: item.enabled, click };
  });
}

/** Some systems do not tell of the end: a menu is not taken to be open for longer. */
const longestLookMs = 20_000;

/** `folder` holds the pictures that resources/icons/make.mjs drew. */
export function createTray(deps: {
  folder: string;
  act: (action: TrayAction) => void;
  monotonic: () => number;
}): TrayIcon {
  // The system has already moved the check mark of a switch that was clicked; the next drawing puts it right.
  const click = (action: TrayAction) => {
    menu = '';
    openedAt = null;
    deps.act(action);
  };
  let look: TrayLook = 'off';
  let tooltip = '';
  let menu = '';
  const panel = createPanelTheme();
  const picture = () =>
    nativeImage.createFromPath(trayPicture(deps.folder, look, process.platform, panel.dark()));
  const tray = new Tray(picture());
  const leavePanel = panel.follow(() => tray.setImage(picture()));
  tray.on('click', () => deps.act('togglePanel'));
  // On macOS an icon with a menu opens it on every click, so it is given none there and shows it when it is asked for.
  const ownMenu = process.platform === 'darwin';
  let shownMenu: Menu | undefined;
  /** Since when somebody looks at the menu. */
  let openedAt: number | null = null;
  let waiting: (() => void) | null = null;
  if (ownMenu) tray.on('right-click', () => tray.popUpContextMenu(shownMenu));

  function replaceMenu(items: TrayItem[]): void {
    menu = JSON.stringify(items);
    const made = Menu.buildFromTemplate(toTemplate(items, click));
    made.on('menu-will-show', () => {
      openedAt = deps.monotonic();
    });
    made.on('menu-will-close', () => {
      openedAt = null;
      waiting?.();
    });
    shownMenu = made;
    if (!ownMenu) tray.setContextMenu(made);
  }

  function isOpen(): boolean {
    return openedAt !== null && deps.monotonic() - openedAt < longestLookMs;
  }

  function showMenu(items: TrayItem[]): void {
    waiting = null;
    if (JSON.stringify(items) === menu) return;
    if (isOpen()) waiting = () => showMenu(items);
    else replaceMenu(items);
  }

  return {
    show(facts, words) {
      const nextLook = trayLook(facts);
      if (nextLook !== look) {
        look = nextLook;
        tray.setImage(picture());
      }
      const nextTooltip = trayTooltip(facts, words);
      if (nextTooltip !== tooltip) {
        tooltip = nextTooltip;
        tray.setToolTip(tooltip);
      }
      showMenu(trayMenu(facts, words));
    },
    bounds() {
      const bounds = tray.getBounds();
      return bounds.width > 0 ? bounds : null;
    },
    destroy() {
      leavePanel();
      tray.destroy();
    },
  };
}
