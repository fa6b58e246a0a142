// Notifications as this system shows them: the gateway's facts put to the machine, and what it says to Electron.
import { app, BrowserWindow, Notification } from 'electron';
import { systemClock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Settings } from '../../contract/schemas/settings.ts';
import type { LiveBus } from '../../control/liveBus.ts';
import type { ControlClient } from '../../control/router.ts';
import type { Updates } from '../updates/createUpdates.ts';
import { createNotices, type Notices } from './createNotices.ts';
import { gatherFacts } from './gatherFacts.ts';
import { noticeText } from './noticeWords.ts';
import type { Notice } from './notificationsFor.ts';

export interface NoticesAround {
  control: ControlClient;
  liveBus: LiveBus;
  settings: () => Settings;
  updates: Updates;
  openWindow: (place: string) => void;
  log: Log;
  /** The least time between two looks. */
  restMs?: number;
}

export function startNotices(around: NoticesAround): Notices {
  const { settings, updates, log } = around;
  /** One that is collected hears no click. */
  const shown = new Set<Notification>();
  const leaving = new AbortController();

  function tell(notice: Notice): void {
    const notification = new Notification({
      ...noticeText(notice, settings().ui.language, app.getLocale()),
      silent: true,
    });
    shown.add(notification);
    notification.on('click', () => {
      shown.delete(notification);
      around.openWindow(notice.place);
    });
    notification.on('close', () => shown.delete(notification));
    notification.show();
  }

  const notices = createNotices({
    liveBus: around.liveBus,
    facts: () => gatherFacts(around.control, settings(), updates.view.now),
    mayTell: () =>
      settings().ui.notifications && Notification.isSupported() && BrowserWindow.getFocusedWindow() === null,
    tell,
    onTrouble: (error) => log.warn('notifications could not be decided', { error: String(error) }),
    clock: systemClock,
    ...(around.restMs === undefined ? {} : { restMs: around.restMs }),
  });
  void (async () => {
    for await (const _view of updates.view.follow(leaving.signal)) notices.look();
  })();
  return {
    look: notices.look,
    close() {
      leaving.abort();
      notices.close();
    },
  };
}
