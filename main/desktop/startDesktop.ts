// The desktop around the core: tray, window, links, quitting. The core runs the same without any of it.
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { app, clipboard, nativeTheme, protocol, session } from 'electron';
import { systemClock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { LiveEvent } from '../contract/events.ts';
import { clientSites } from '../contract/linkTargets.ts';
import type { Settings } from '../contract/schemas/settings.ts';
import { endpointPresets } from '../control/presets.ts';
import type { Core } from '../core.ts';
import { setApplicationMenu } from './applicationMenu.ts';
import { appOrigin, appScheme, createAppProtocol } from './appProtocol.ts';
import { followLaunchAtLogin, startedHidden } from './autostart.ts';
import { createCompanions } from './companions.ts';
import { hostsOf } from './externalUrl.ts';
import { createFailureDialog } from './failureDialog.ts';
import { followMachine } from './followMachine.ts';
import { guardContents } from './guardContents.ts';
import { guardSession } from './guardSession.ts';
import { createIpcCarrier } from './ipcCarrier.ts';
import type { LinkInbox } from './links/registerLinks.ts';
import { createMainWindow } from './mainWindow.ts';
import { createOpenExternal } from './openExternal.ts';
import type { PageWindowDeps } from './pageWindow.ts';
import { createPanelWindow } from './panelWindow.ts';
import { quitDraining } from './quitDraining.ts';
import { createRequestRate } from './requestRate.ts';
import { createShellRouter } from './shellRouter.ts';
import { offerTestHook } from './testHook.ts';
import { createTray } from './tray.ts';
import { createTrayChanges } from './trayChanges.ts';
import { followTrayFacts } from './trayFacts.ts';
import { type TrayAction, trayMenu } from './trayMenu.ts';
import { tellTrayMissing } from './trayMissing.ts';
import { createTrayPlace } from './trayPlace.ts';
import { noFacts, type TrayFacts, trayLook, trayTooltip } from './trayState.ts';
import type { UpdateConfig } from './updates/updateConfig.ts';
import { type Words, wordsFor } from './words.ts';

export interface DesktopDeps {
  createCore: () => Promise<Core>;
  dataDir: string;
  /** Folders of the program itself: the built page and preload script, the pictures. */
  rendererDir: string;
  preload: string;
  trayPictures: string;
  windowIcon: string;
  /** Tells whether the desktop shows tray icons, and of each change; null where it always does. */
  watchTrayHost: ((hear: (shown: boolean) => void) => Promise<unknown>) | null;
  /** Where `sluice://` links come in. */
  linkInbox: LinkInbox;
  updateConfig: UpdateConfig;
  log: Log;
}

/** So long after us a panel may still come at login. */
const panelsComeMs = 6_000;

const problemOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Nothing of the page may leave its origin, and the page gets nothing it does not need. */
function lockDown(deps: DesktopDeps): void {
  protocol.handle(appScheme, createAppProtocol(deps.rendererDir));
  guardSession(session.defaultSession);
  const keyPages = endpointPresets().map((preset) => preset.keysUrl);
  const hosts = hostsOf([...keyPages, ...Object.values(clientSites), deps.updateConfig.page]);
  const openExternal = createOpenExternal({ hosts, log: deps.log });
  app.on('web-contents-created', (_event, contents) =>
    guardContents(contents, { origin: appOrigin, openExternal }),
  );
}

/** Call it once the app is ready. It never throws: what fails is shown in the tray. */
export async function startDesktop(deps: DesktopDeps): Promise<void> {
  const { log } = deps;
  lockDown(deps);

  let core: Core | null = null;
  let words: Words = wordsFor('auto', app.getLocale());
  let facts: TrayFacts = noFacts;
  let change: ReturnType<typeof createTrayChanges> | null = null;
  let starting: Promise<void> = Promise.resolve();
  let windowWanted = !startedHidden(process.argv);
  let panelWanted = false;
  const rate = createRequestRate();
  const askAboutFailure = createFailureDialog();
  const { monotonic } = systemClock;
  const tray = createTrayPlace({
    create: () => createTray({ folder: deps.trayPictures, act, monotonic }),
    onMissing() {
      openWindow();
      tellTrayMissing({ file: path.join(deps.dataDir, 'no-tray.told'), words, log });
    },
    patience(over) {
      const timer = setTimeout(over, panelsComeMs);
      return () => clearTimeout(timer);
    },
    log,
  });
  if (!tray.shown) windowWanted = true;
  const { updateConfig, linkInbox } = deps;
  const companions = createCompanions({ updateConfig, linkInbox, openWindow, log });
  show({ mayUpdate: companions.updates.view.now.update.state !== 'off' });
  const known = new Set<number>();
  const pages: PageWindowDeps = { url: pageAddress, preload: deps.preload, known, log };
  const window = createMainWindow({
    ...pages,
    boundsFile: path.join(deps.dataDir, 'window.json'),
    icon: deps.windowIcon,
  });
  const panel = createPanelWindow({
    ...pages,
    iconBounds: tray.bounds,
    now: monotonic,
  });
  offerTestHook({
    items: () => trayMenu(facts, words),
    look: () => trayLook(facts),
    tooltip: () => trayTooltip(facts, words),
    act,
  });

  function show(news: Partial<TrayFacts>): void {
    facts = { ...facts, ...news };
    tray.show(facts, words);
  }

  /** The page is told of language and theme in its address, so that its first frame is right. */
  function pageAddress(): string {
    const { language, theme } = core?.settings().ui ?? { language: 'auto', theme: 'system' };
    return `${appOrigin}/?${new URLSearchParams({ language, theme })}`;
  }

  function whenUp(show: () => void): void {
    if (core && !facts.quitting) show();
    else if (facts.failure !== null) void tellFailure(facts.failure);
  }

  function openWindow(place?: string): void {
    windowWanted = true;
    whenUp(() => window.open(place));
    panel.close();
  }

  /** A click while the core is still coming up is kept in mind. */
  function showPanel(show: () => void): void {
    panelWanted = true;
    whenUp(show);
  }

  function act(action: TrayAction): void {
    if (typeof action === 'object') {
      if ('open' in action) openWindow(action.open);
      else void change?.(action).finally(showGateway);
    } else if (action === 'openWindow') openWindow();
    else if (action === 'openPanel') showPanel(panel.open);
    else if (action === 'togglePanel') showPanel(panel.toggle);
    else if (action === 'copyAddress') clipboard.writeText(facts.gateway?.address ?? '');
    else if (action === 'retry') starting = bringUp();
    else if (action === 'quit') app.quit();
    else if (action === 'quitNow') app.exit(0);
    else if (action === 'checkForUpdates') {
      companions.updates.check();
      openWindow('/settings/updates');
    } else void toggle(action);
  }

  function showGateway(): void {
    if (core) show({ gateway: core.lifecycle.status() });
  }

  /** The lifecycle tells what went wrong by its status. */
  async function toggle(action: 'start' | 'stop'): Promise<void> {
    try {
      await (action === 'start' ? core?.lifecycle.start() : core?.lifecycle.stop());
    } catch (error) {
      log.error('the gateway could not be switched', { action, error: problemOf(error) });
    }
    showGateway();
  }

  function follow(settings: Settings, before: Settings | null): void {
    const { language, theme, launchAtLogin } = settings.ui;
    words = wordsFor(language, app.getLocale());
    setApplicationMenu(words);
    if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
    if (launchAtLogin === before?.ui.launchAtLogin) return;
    try {
      followLaunchAtLogin(launchAtLogin, before !== null);
    } catch (error) {
      log.warn('starting at login could not be set', { error: problemOf(error) });
    }
  }

  function hear(running: Core, event: LiveEvent): void {
    if (event.name === 'traffic' && facts.gateway) {
      const gateway = { ...facts.gateway, inFlight: event.second.inFlight };
      show({ gateway, requestsPerMinute: rate.add(event.second) });
    } else if (event.name === 'status') show({ gateway: running.lifecycle.status() });
  }

  function attach(running: Core): void {
    core = running;
    let settings = running.settings();
    follow(settings, null);
    const client = createRouterClient(running.router);
    const { links, begin } = companions.attach(running, client);
    const { updates } = companions;
    const quit = (): void => app.quit();
    const shell = createShellRouter({ openWindow, closePanel: panel.close, quit, updates, links });
    createIpcCarrier({ router: { ...running.router, ...shell }, known, origin: appOrigin, log });
    running.liveBus.subscribe((event) => hear(running, event), ['status', 'traffic']);
    running.liveBus.subscribe(() => {
      const before = settings;
      settings = running.settings();
      follow(settings, before);
      show({});
    }, ['settings']);
    change = createTrayChanges({ client, words: () => words, openWindow, log });
    followTrayFacts({ core: running, client, show, log });
    followMachine(running, log);
    show({ gateway: running.lifecycle.status(), failure: null });
    if (windowWanted) openWindow();
    else if (panelWanted) panel.open();
    begin();
  }

  async function bringUp(): Promise<void> {
    show({ gateway: null, failure: null });
    try {
      const running = await deps.createCore();
      attach(running);
      if (running.settings().ui.startGatewayOnLaunch) await toggle('start');
    } catch (error) {
      const failure = problemOf(error);
      log.error('the core could not start', { error: failure });
      show({ failure });
      if (windowWanted) void tellFailure(failure);
    }
  }

  /** Without the core there is no window to say it in. */
  async function tellFailure(detail: string): Promise<void> {
    const answer = await askAboutFailure(detail, words);
    if (answer === 'retry' && facts.failure !== null) act('retry');
    if (answer === 'quit') act('quit');
  }

  // Without a listener the last closed window would end the program.
  app.on('window-all-closed', () => {});
  app.on('activate', () => openWindow());
  app.on('second-instance', (_event, argv) => {
    if (!argv.includes('--hidden')) openWindow();
  });
  void deps.watchTrayHost?.(tray.setHost);
  starting = bringUp();
  quitDraining({
    onBegin() {
      panel.close();
      window.close();
      show({ quitting: true });
    },
    async drain(options) {
      await starting;
      companions.close();
      await core?.close(options).catch((error: unknown) => {
        log.error('the core could not close', { error: problemOf(error) });
      });
    },
    onEnd: tray.destroy,
    leave: companions.leave,
  });
  await starting;
}
