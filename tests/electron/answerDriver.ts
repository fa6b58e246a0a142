// The tests' view into a running stand-in, over the channel that Node's fork opens. The program never sees it.
import path from 'node:path';
import { app, openWindows } from './app.ts';
import { endBrowser, type StandInBrowser } from './browser.ts';
import { moveFocus, runningBrowser } from './browserWindow.ts';
import { createEvent } from './emitter.ts';
import { network, powerMonitor, seen } from './system.ts';
import { type StandInMenuItem, type StandInTray, trays } from './trayAndMenu.ts';

export interface TrayRow {
  label: string;
  type: StandInMenuItem['type'];
  enabled: boolean;
  checked: boolean;
  /** What opens from it. */
  submenu: TrayRow[];
}

/** Questions and their answers. */
export interface DriverCommands {
  tray(): { picture: string; drawn: boolean; tooltip: string; rows: TrayRow[]; menus: number } | null;
  /** A person looks at the tray's menu, or looks away. */
  lookAtMenu(open: boolean): null;
  clickTray(label: string): null;
  /** A person's click on the icon; when it was, in Unix ms. */
  pressTray(): number;
  /** A person's click into another program. */
  lookElsewhere(): null;
  windows(): {
    title: string;
    visible: boolean;
    focused: number;
    bounds: Electron.Rectangle;
    address: string;
    preferences: Record<string, unknown>;
  }[];
  resizeWindow(width: number, height: number): null;
  closeWindow(): null;
  crashRenderer(): Promise<null>;
  /** Where to attach to the pages; null while no window was ever open. */
  browser(): Promise<{ endpoint: string; pid: number } | null>;
  /** Pages of Chromium that belong to no window but the one that keeps it alive. */
  strayPages(): Promise<number>;
  seen(): {
    clipboard: string;
    opened: string[];
    dialogs: { message: string; detail: string; buttons: string[] }[];
  };
  answerDialog(response: number): null;
  power(event: 'suspend' | 'resume' | 'shutdown'): null;
  /** Pulls the cable, or plugs it in again. */
  setOnline(online: boolean): null;
  activate(): null;
}

function tray(): StandInTray {
  const [first] = trays;
  if (!first) throw new Error('there is no tray');
  return first;
}

function toRow({ label, type, enabled, checked, submenu }: StandInMenuItem): TrayRow {
  return { label, type, enabled, checked, submenu: submenu.map(toRow) };
}

/** In the menu, or in one that opens from it. */
function findItem(items: readonly StandInMenuItem[], label: string): StandInMenuItem | undefined {
  if (items.length === 0) return undefined;
  const below = items.flatMap(({ submenu }) => submenu);
  return items.find((item) => item.label === label) ?? findItem(below, label);
}

const keeperPages = 1;

async function pagesOf(browser: Promise<StandInBrowser>): Promise<number> {
  return (await browser).context.pages().length;
}

const commands: DriverCommands = {
  tray() {
    const [shown] = trays;
    if (!shown) return null;
    const rows = (shown.menu?.items ?? []).map(toRow);
    return {
      picture: path.basename(shown.image.file),
      drawn: !shown.image.isEmpty(),
      tooltip: shown.tooltip,
      rows,
      menus: shown.menus,
    };
  },
  clickTray(label) {
    const item = findItem(tray().menu?.items ?? [], label);
    if (!item) throw new Error(`the tray has no "${label}"`);
    item.click();
    return null;
  },
  lookAtMenu(open) {
    tray().menu?.emit(open ? 'menu-will-show' : 'menu-will-close', createEvent({}));
    return null;
  },
  pressTray() {
    const at = Date.now();
    // The panel of the system takes the focus before the program hears of the click.
    moveFocus(null);
    tray().press();
    return at;
  },
  lookElsewhere() {
    moveFocus(null);
    return null;
  },
  windows: () =>
    [...openWindows].map(({ options, visible, focused, bounds, webContents }) => ({
      title: options.title ?? '',
      visible,
      focused,
      bounds: { ...bounds },
      address: webContents.getURL(),
      preferences: { ...webContents.getLastWebPreferences() },
    })),
  resizeWindow(width, height) {
    for (const window of openWindows) window.bounds = { ...window.bounds, width, height };
    return null;
  },
  closeWindow() {
    for (const window of openWindows) window.close();
    return null;
  },
  async crashRenderer() {
    const [window] = openWindows;
    const page = window?.webContents.page;
    if (!page) throw new Error('there is no window to crash');
    const cdp = await page.context().newCDPSession(page);
    void cdp.send('Page.crash').catch(() => {});
    return null;
  },
  async browser() {
    const browser = await runningBrowser();
    return browser && { endpoint: browser.endpoint, pid: browser.pid };
  },
  async strayPages() {
    const browser = runningBrowser();
    return browser ? (await pagesOf(browser)) - keeperPages - openWindows.size : 0;
  },
  seen: () => ({
    clipboard: seen.clipboard,
    opened: [...seen.opened],
    dialogs: seen.dialogs.map(({ options: { message, detail = '', buttons = [] } }) => ({
      message,
      detail,
      buttons,
    })),
  }),
  answerDialog(response) {
    seen.dialogs[0]?.answer(response);
    return null;
  },
  power(event) {
    powerMonitor.emit(event);
    return null;
  },
  setOnline(online) {
    network.online = online;
    return null;
  },
  activate() {
    app.emit('activate');
    return null;
  },
};

interface Question {
  id: number;
  command: keyof DriverCommands;
  args: never[];
}

/** Does nothing where nobody asks, i.e. in a second instance or by hand. */
export function answerDriver(): void {
  if (!process.send) return;
  process.on('message', async ({ id, command, args }: Question) => {
    try {
      const ask = commands[command] as (...given: never[]) => unknown;
      process.send?.({ id, value: await ask(...args) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? error.message : String(error) });
    }
  });
  // A test that died must not leave a desktop behind.
  process.on('disconnect', async () => {
    const browser = await runningBrowser()?.catch(() => null);
    if (browser) endBrowser(browser.pid);
    process.exit(1);
  });
  process.channel?.unref();
}
