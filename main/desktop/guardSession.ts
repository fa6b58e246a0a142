// Takes from the window what it has no use for: every permission, and every network but our own pages.
import type { Session } from 'electron';
import { originOf } from './trustedSender.ts';

const networks = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file:///*'];

/** `devOrigin` is the page's own server while developing, else null. */
export function guardSession(session: Session, devOrigin: string | null): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest({ urls: networks }, ({ url }, answer) => {
    const allowed = devOrigin !== null && originOf(url.replace(/^ws/, 'http')) === devOrigin;
    answer({ cancel: !allowed });
  });
}
