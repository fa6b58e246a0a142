// Keeps every page where it is: no navigation away, no new window, no webview. Links go to the system's browser or nowhere.
import type { Event, WebContents } from 'electron';
import { originOf } from './trustedSender.ts';

export function guardContents(
  contents: WebContents,
  deps: { origin: string; openExternal: (address: string) => void },
): void {
  const stay = (details: Event<{ url: string; isMainFrame: boolean }>) => {
    const ours = details.isMainFrame && originOf(details.url) === deps.origin;
    if (!ours) details.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    deps.openExternal(url);
    return { action: 'deny' };
  });
}
