// The page's place stands behind the `#`, and so does what it is narrowed to: `#/requests?model=gpt-4o`. No server ever sees it.
import { useSyncExternalStore } from 'react';
import type { BaseLocationHook } from 'wouter';

const prefix = /^#?\/?/;

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

function partsOf(hash: string): [path: string, search: string] {
  const place = `/${hash.replace(prefix, '')}`;
  const at = place.indexOf('?');
  return at < 0 ? [place, ''] : [place.slice(0, at), place.slice(at + 1)];
}

const path = () => partsOf(window.location.hash)[0];
const search = () => partsOf(window.location.hash)[1];

interface NavigateOptions {
  replace?: boolean;
  state?: unknown;
}

/** `to` is a place as in `/requests?status=failed`. */
export function goTo(to: string, { replace = false, state = null }: NavigateOptions = {}): void {
  const oldURL = window.location.href;
  history[replace ? 'replaceState' : 'pushState'](state, '', `#/${to.replace(prefix, '')}`);
  window.dispatchEvent(new HashChangeEvent('hashchange', { oldURL, newURL: window.location.href }));
}

function useLocationInHash(): [string, typeof goTo] {
  return [useSyncExternalStore(subscribe, path), goTo];
}

/** For the router: the path alone. */
export const useHashLocation = Object.assign(useLocationInHash, {
  hrefs: (href: string) => `#${href}`,
}) satisfies BaseLocationHook;

/** What follows the path's question mark, as it is written there. */
export function useHashSearch(): string {
  return useSyncExternalStore(subscribe, search);
}
