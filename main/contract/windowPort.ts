// How a desktop window gets its port, as types: the page asks by `window.postMessage`, the preload script asks the main
// process by ipcRenderer and hands the answered MessagePort to the page, again by `window.postMessage`.

/** What the page posts to its own window to be given a port. A new port ends the former one. */
export type PortRequest = 'sluice:connect';

/** What comes back with the port in `event.ports[0]`; the contract's router answers there. */
export type PortAnswer = 'sluice:port';

/** `window.sluice` in the desktop's window; a browser's page has none. */
export interface ShellInfo {
  readonly shell: 'desktop';
  /** `process.platform`. */
  readonly platform: string;
}
