// What stands beside tray and window: updates, links and notifications. Each is on its own; none knows of the others.
import { app } from 'electron';
import type { Log } from '../base/log.ts';
import type { ControlClient } from '../control/router.ts';
import type { Core } from '../core.ts';
import { followLaunchAtLogin } from './autostart.ts';
import { createLinks, type Links } from './links/createLinks.ts';
import { type LinkInbox, registerLinks } from './links/registerLinks.ts';
import { startNotices } from './notices/startNotices.ts';
import type { Updates } from './updates/createUpdates.ts';
import { startUpdates } from './updates/startUpdates.ts';
import type { UpdateConfig } from './updates/updateConfig.ts';

export interface Companions {
  readonly updates: Updates;
  /** For the core that came up. `begin` is to be called when the window can be shown. */
  attach(core: Core, control: ControlClient): { links: Links; begin(): void };
  /** No more notices, and nothing more is loaded. */
  close(): void;
  /** Ends the drained program, by the update where one is to be put in place at once. */
  leave(): void;
}

/** An installer that could not be started must not keep the program from ending. */
const longestLeaveMs = 10_000;

export function createCompanions(deps: {
  updateConfig: UpdateConfig;
  linkInbox: LinkInbox;
  openWindow: (place?: string) => void;
  log: Log;
}): Companions {
  const { linkInbox, openWindow, log } = deps;
  const endings: (() => void)[] = [];
  let launchAtLogin = false;
  const updates = startUpdates(deps.updateConfig, {
    log,
    onMoved(file) {
      // What starts at login is called by its name.
      process.env.APPIMAGE = file;
      try {
        followLaunchAtLogin(launchAtLogin, true);
      } catch (error) {
        log.warn('starting at login could not be set', { error: String(error) });
      }
    },
  });

  return {
    updates,
    attach(core, control) {
      const { liveBus, settings } = core;
      const links = createLinks({ transfer: control.transfer, log, onCome: () => openWindow() });
      const begin = (): void => {
        linkInbox.deliver(links.open);
        registerLinks(log);
        const notices = startNotices({ control, liveBus, settings, updates, openWindow, log });
        endings.push(notices.close, () => {
          launchAtLogin = settings().ui.launchAtLogin;
        });
        updates.begin();
      };
      return { links, begin };
    },
    close() {
      for (const end of endings.splice(0)) end();
      updates.close();
    },
    leave() {
      // The new version must find nobody in its place.
      if (updates.view.now.update.state === 'restarting') app.releaseSingleInstanceLock();
      if (updates.leave()) setTimeout(() => app.quit(), longestLeaveMs);
      else app.quit();
    },
  };
}
