// Notifications: what a system would show is kept for the tests to read and click.
import { createEvent, Emitter } from './emitter.ts';
import { refuseUnknown } from './knownOptions.ts';

/** Those that are shown, oldest first. */
export const shownNotifications = new Set<StandInNotification>();

export class StandInNotification
  extends Emitter<{ click: (event: Electron.Event) => void; close: (event: Electron.Event) => void }>
  implements Pick<Electron.Notification, 'title' | 'body' | 'show'>
{
  readonly title: string;
  readonly body: string;
  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    refuseUnknown('NotificationConstructorOptions', options);
    this.title = options.title ?? '';
    this.body = options.body ?? '';
  }
  static isSupported(): boolean {
    return true;
  }
  show(): void {
    shownNotifications.add(this);
  }
  /** A person's click. */
  press(): void {
    shownNotifications.delete(this);
    this.emit('click', createEvent({}));
  }
}
