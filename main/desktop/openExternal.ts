// The only way out to the system's browser, and to the programs that take their settings from a link.
import { shell } from 'electron';
import type { Log } from '../base/log.ts';
import { externalUrl } from './externalUrl.ts';
import { originOf } from './trustedSender.ts';

/** Opens an address if it is plain https on one of `hosts` or a client's own link; anything else is dropped with a line in the log. */
export function createOpenExternal(deps: {
  hosts: ReadonlySet<string>;
  log: Log;
}): (address: string) => void {
  return (address) => {
    const url = externalUrl(address, deps.hosts);
    if (url === null) {
      deps.log.warn('a link was not opened: its address is not on the list', {
        origin: originOf(address),
      });
      return;
    }
    shell.openExternal(url).catch((error: unknown) => {
      // Never the whole link, nor the system's words on it: it may hold a client's key.
      const reason = error instanceof Error ? error.name : typeof error;
      deps.log.warn('the system could not open a link', { origin: originOf(url), reason });
    });
  };
}
