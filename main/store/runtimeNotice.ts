// Tells others where the gateway listens: `runtime.json` for programs that know the data folder, and for a Sluice that finds its
// port taken a local socket by the port's number.
import type { Log } from '../base/log.ts';
import { askHolder, type Holder, holdName } from './holderSocket.ts';
import { removeRuntimeFile, writeRuntimeFile } from './runtimeFile.ts';

const signOf = (port: number): string => `sluice-port-${port}`;

export interface RuntimeNotice {
  onListening(at: { host: string; port: number; startedAt: number }): void;
  onClosed(): void;
}

/** On a full or read-only disk there is no file, and the gateway serves all the same. */
export function createRuntimeNotice(
  of: { dataDir: string; version: string; shell: Holder['shell'] },
  log: Log,
): RuntimeNotice {
  let takeDown: Promise<(() => Promise<void>) | null> | null = null;

  function inFile(change: () => void): void {
    try {
      change();
    } catch (error) {
      log.warn('runtime.json does not tell where the gateway listens', { error: String(error) });
    }
  }

  function closeSign(): void {
    void takeDown?.then((down) => down?.());
    takeDown = null;
  }

  return {
    onListening(at) {
      inFile(() => {
        // Where the new one can't be written, the old one must not mislead.
        removeRuntimeFile(of.dataDir);
        writeRuntimeFile(of.dataDir, of.version, at);
      });
      closeSign();
      // Another Sluice may have this port at another address, and its sign up; it is but a hint.
      takeDown = holdName(signOf(at.port), of.shell).catch(() => null);
    },
    onClosed() {
      inFile(() => removeRuntimeFile(of.dataDir));
      closeSign();
    },
  };
}

/** Which Sluice listens on a port; null where none says so. */
export async function sluiceOnPort(port: number): Promise<Holder | null> {
  return (await askHolder(signOf(port))) || null;
}
