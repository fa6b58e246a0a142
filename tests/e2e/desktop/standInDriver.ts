import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { DriverCommands } from '../../electron/answerDriver.ts';
import { endBrowserOf } from '../../electron/browser.ts';
import type { Desktop, LaunchOptions, WindowKind } from './desktop.ts';
import { desktopEnvironment, repository } from './surroundings.ts';
import { until } from './until.ts';
import { kindOf } from './windowKind.ts';

type Answer = { id: number; value?: unknown; error?: string };

function createAsk(child: ChildProcess) {
  let lastId = 0;
  const waiting = new Map<number, (answer: Answer) => void>();
  child.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  child.once('exit', () => {
    for (const [id, hear] of waiting) hear({ id, error: 'the program has ended' });
  });
  return <Name extends keyof DriverCommands>(
    command: Name,
    ...args: Parameters<DriverCommands[Name]>
  ): Promise<Awaited<ReturnType<DriverCommands[Name]>>> =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, ({ value, error }) => {
        if (error === undefined) resolve(value as Awaited<ReturnType<DriverCommands[Name]>>);
        else reject(new Error(error));
      });
      child.send({ id, command, args }, (error) => error && waiting.get(id)?.({ id, error: error.message }));
    });
}

/** Attaches to the pages that the program shows. */
function createPages(ask: ReturnType<typeof createAsk>) {
  let attached: Browser | null = null;
  return {
    async page(kind: WindowKind): Promise<Page> {
      await until(
        () => ask('windows'),
        (windows) => windows.some(({ address, visible }) => visible && kindOf(address) === kind),
      );
      const browser = await ask('browser');
      if (!browser) throw new Error('there is no browser');
      attached ??= await chromium.connectOverCDP(browser.endpoint, { noDefaults: true });
      const pages = () => attached?.contexts()[0]?.pages() ?? [];
      const [page] = await until(
        () => pages().filter((candidate) => !candidate.isClosed() && kindOf(candidate.url()) === kind),
        (found) => found.length === 1,
      );
      return page as Page;
    },
    async detach(): Promise<void> {
      await attached?.close().catch(() => {});
      attached = null;
    },
  };
}

export const standInProgram = path.join(repository, 'tests', 'electron', 'run.ts');

export async function launchStandIn(options: LaunchOptions): Promise<Desktop> {
  const child = fork(standInProgram, [options.root ?? repository, ...(options.args ?? [])], {
    cwd: repository,
    env: desktopEnvironment(options),
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ask = createAsk(child);
  const pages = createPages(ask);
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));

  const trayNow = async () => {
    const tray = await ask('tray');
    if (!tray) throw new Error('there is no tray');
    if (!tray.drawn) throw new Error(`the tray's picture ${tray.picture} is missing`);
    return tray;
  };

  return {
    kind: 'stand-in',
    pid: child.pid ?? 0,
    page: (kind = 'full') => pages.page(kind),
    windows: () => ask('windows'),
    lookElsewhere: async () => void (await ask('lookElsewhere')),
    strayPages: () => ask('strayPages'),
    closeWindow: async () => void (await ask('closeWindow')),
    resizeWindow: async (width, height) => void (await ask('resizeWindow', width, height)),
    crashRenderer: async () => void (await ask('crashRenderer')),
    tray: {
      rows: async () => (await trayNow()).rows,
      click: async (label) => void (await ask('clickTray', label)),
      press: () => ask('pressTray'),
      look: async () => /^(off|on|busy|trouble)/.exec((await trayNow()).picture)?.[1] ?? '',
      tooltip: async () => (await trayNow()).tooltip,
      menus: async () => (await trayNow()).menus,
      lookAtMenu: async (open) => void (await ask('lookAtMenu', open)),
    },
    clipboard: async () => (await ask('seen')).clipboard,
    opened: async () => (await ask('seen')).opened,
    dialogs: async () => (await ask('seen')).dialogs,
    answerDialog: async (response) => void (await ask('answerDialog', response)),
    setOnline: async (online) => void (await ask('setOnline', online)),
    power: async (event) => void (await ask('power', event)),
    exited,
    terminate: () => void child.kill('SIGTERM'),
    async kill() {
      await pages.detach();
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
      endBrowserOf(path.join(options.dataDir, 'window'));
    },
  };
}
