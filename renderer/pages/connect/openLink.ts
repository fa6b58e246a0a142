import { clientSites } from '../../../main/contract/linkTargets.ts';

const onDesktop = () => window.sluice?.shell === 'desktop';

/** The desktop hands nothing to the browser but what is on its list; a browser opens any site. */
export function opensSite(site: string): boolean {
  return !onDesktop() || Object.values<string>(clientSites).includes(site);
}

/** Hands a link over: an app's to the app, a site's to a tab of its own. The link holds a key, so it is written nowhere. */
export function openLink(href: string): void {
  if (onDesktop() || /^https?:/.test(href)) window.open(href, '_blank', 'noopener,noreferrer');
  else window.location.assign(href);
}
