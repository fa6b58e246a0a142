// The two windows of the one page. Each is loaded alone: the small one needs little, and is to be there at once.
import { later } from './components/later.ts';

const loadFull = () => import('./FullWindow.tsx');
const loadTray = () => import('./pages/tray/TrayPage.tsx');
const loadSignIn = () => import('./pages/signIn/SignInPage.tsx');

/** Address of the small window; all others belong to the full one. */
export const trayPlace = '/tray';

export const FullWindow = later(async () => (await loadFull()).FullWindow);
export const TrayWindow = later(async () => (await loadTray()).TrayPage);

export const SignInPage = later(async () => (await loadSignIn()).SignInPage);

/** Begins to load the window that the page's address asks for, while its session is being opened. */
export function loadAhead(): void {
  void (location.hash === `#${trayPlace}` ? loadTray() : loadFull());
  // The gateway may be another one by the time it asks who we are; the page for it must be here by then.
  if (!window.sluice) void loadSignIn();
}
