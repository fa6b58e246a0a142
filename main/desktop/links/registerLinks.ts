// Tells the system that links of ours are to be opened with this program, and listens for those that come.
import { app } from 'electron';
import type { Log } from '../../base/log.ts';
import { isLink } from './parseLink.ts';

const scheme = 'sluice';

export interface LinkInbox {
  /** From now on links go to `take`; those that came before do so at once. */
  deliver(take: (link: string) => void): void;
}

/** To be opened before the app is ready: macOS tells of a link that started the program only once. */
export function openLinkInbox(argv: readonly string[]): LinkInbox {
  const early: string[] = [];
  let take = (link: string): void => void early.push(link);
  const hear = (given: readonly string[]): void => {
    const link = given.find(isLink);
    if (link !== undefined) take(link);
  };
  hear(argv);
  app.on('second-instance', (_event, given) => hear(given));
  app.on('open-url', (event, link) => {
    event.preventDefault();
    hear([link]);
  });
  return {
    deliver(next) {
      take = next;
      for (const link of early.splice(0)) next(link);
    },
  };
}

/** On macOS the package says it, and on Linux that of the system; a program that is not installed leaves the system alone. */
export function registerLinks(log: Log): void {
  if (!app.isPackaged || process.platform === 'darwin') return;
  // What follows the dashes is never read as a switch of Chromium's.
  const taken =
    process.platform === 'win32'
      ? app.setAsDefaultProtocolClient(scheme, process.execPath, ['--'])
      : app.setAsDefaultProtocolClient(scheme);
  if (!taken) log.info('the system keeps no program for links of this kind');
}
