// Takes from the window what it has no use for: every permission, and every network. Its page comes from app://sluice.
import type { Session } from 'electron';

const networks = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file:///*'];

export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.webRequest.onBeforeRequest({ urls: networks }, (_details, answer) => answer({ cancel: true }));
}
