import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import type { TestHook } from '../../../main/desktop/testHook.ts';
import type { TrayItem } from '../../../main/desktop/trayMenu.ts';
import type { TrayRow } from '../../electron/answerDriver.ts';
import type { Desktop, LaunchOptions, WindowKind } from './desktop.ts';
import { desktopEnvironment, repository } from './surroundings.ts';
import { until } from './until.ts';
import { kindOf } from './windowKind.ts';

/** What the program offers its tests; see main/desktop/testHook.ts. */
declare const __sluiceTest: TestHook;

/** What stubDialogs.cjs keeps. */
declare const __pendingDialogs: {
  options: Electron.MessageBoxOptions;
  answer: (response: number) => void;
}[];

const stubDialogs = path.join(import.meta.dirname, 'stubDialogs.cjs');

function toRow(item: TrayItem): TrayRow {
  const row: TrayRow = { label: '', type: 'separator', enabled: true, checked: false, submenu: [] };
  if (item.type === 'separator') return row;
  const { label } = item;
  if (item.type === 'menu') return { ...row, label, type: 'submenu', submenu: item.items.map(toRow) };
  if (item.type === 'switch')
    return { ...row, label, type: 'checkbox', enabled: item.enabled, checked: item.checked };
  if (item.type === 'choice') return { ...row, label, type: 'radio', checked: item.checked };
  return { ...row, label, type: 'normal', enabled: item.type === 'action' };
}

/** What no program can do to a real system. */
async function onlyStandIn(): Promise<never> {
  throw new Error('only the stand-in can do this');
}

/** The window that is shown now. */
async function pageOf(app: ElectronApplication, kind: WindowKind): Promise<Page> {
  const [page] = await until(
    () => app.windows().filter((candidate) => !candidate.isClosed() && kindOf(candidate.url()) === kind),
    (pages) => pages.length === 1,
  );
  return page as Page;
}

/** A window that the machine under test does not show to anybody must not fall asleep for it. */
const awake = [
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
];

export async function launchElectron(program: string, options: LaunchOptions): Promise<Desktop> {
  const app = await _electron.launch({
    executablePath: program,
    args: [...awake, '-r', stubDialogs, options.root ?? repository, ...(options.args ?? [])],
    cwd: repository,
    env: desktopEnvironment(options),
    // Without it the windows would be less locked than a user's are.
    chromiumSandbox: true,
  });
  const child = app.process();
  // On Windows the child is a shell around the program.
  const pid = await app.evaluate(() => process.pid);
  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended by itself.
    }
  };
  const exited = new Promise<number | null>((resolve) => {
    if (child.exitCode !== null) resolve(child.exitCode);
    else child.once('exit', resolve);
  });
  // Playwright is there before the program is ready, and its tray with it.
  await until(
    () => app.evaluate(() => '__sluiceTest' in globalThis),
    (offered) => offered,
  );
  const rows = async () => (await app.evaluate(() => __sluiceTest.items())).map(toRow);
  return {
    kind: 'electron',
    pid,
    page: (kind = 'full') => pageOf(app, kind),
    windows: () =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => {
          const contents = window.webContents as Electron.WebContents & {
            getLastWebPreferences(): Record<string, unknown>;
          };
          return {
            visible: window.isVisible(),
            bounds: window.getBounds(),
            address: contents.getURL(),
            preferences: { ...contents.getLastWebPreferences() },
          };
        }),
      ),
    lookElsewhere: () =>
      app.evaluate(({ BrowserWindow }) => {
        const focused = BrowserWindow.getFocusedWindow();
        if (focused) focused.blur();
        // A bare X server has nobody to give the focus to.
        else for (const window of BrowserWindow.getAllWindows()) window.emit('blur');
      }),
    strayPages: async () =>
      app.evaluate(
        ({ BrowserWindow, webContents }) =>
          webContents.getAllWebContents().length - BrowserWindow.getAllWindows().length,
      ),
    closeWindow: () =>
      app.evaluate(({ BrowserWindow }) => {
        for (const window of BrowserWindow.getAllWindows()) window.close();
      }),
    resizeWindow: (width, height) =>
      app.evaluate(
        ({ BrowserWindow }, size) => {
          for (const window of BrowserWindow.getAllWindows()) window.setSize(size.width, size.height);
        },
        { width, height },
      ),
    crashRenderer: () =>
      app.evaluate(({ BrowserWindow }) => {
        BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
      }),
    tray: {
      rows,
      click: (label) =>
        app.evaluate((_electron_, wanted) => {
          let level = __sluiceTest.items();
          const isWanted = (item: TrayItem) => item.type !== 'separator' && item.label === wanted;
          while (level.length > 0 && !level.some(isWanted))
            level = level.flatMap((item) => (item.type === 'menu' ? item.items : []));
          const item = level.find(isWanted);
          if (!item || !('action' in item)) throw new Error(`the tray has no "${wanted}"`);
          __sluiceTest.act(item.action);
        }, label),
      press: () =>
        app.evaluate(() => {
          const at = Date.now();
          __sluiceTest.act('togglePanel');
          return at;
        }),
      look: () => app.evaluate(() => __sluiceTest.look()),
      tooltip: () => app.evaluate(() => __sluiceTest.tooltip()),
      menus: onlyStandIn,
      lookAtMenu: onlyStandIn,
    },
    clipboard: () => app.evaluate(({ clipboard }) => clipboard.readText()),
    opened: async () => [],
    dialogs: () =>
      app.evaluate(() => {
        return __pendingDialogs.map(({ options: { message, detail = '', buttons = [] } }) => ({
          message,
          detail,
          buttons,
        }));
      }),
    answerDialog: (response) =>
      app.evaluate((_electron_, chosen) => {
        __pendingDialogs.shift()?.answer(chosen);
      }, response),
    power: (event) =>
      app.evaluate(({ powerMonitor }, name) => {
        powerMonitor.emit(name);
      }, event),
    setOnline: onlyStandIn,
    exited,
    terminate: () => signal('SIGTERM'),
    async kill() {
      if (child.exitCode === null && child.signalCode === null) signal('SIGKILL');
      await exited;
    },
  };
}
