// Tells others where the gateway listens: `runtime.json` for programs that know the data folder, and for a Sluice that finds its
// port taken a local socket by the port's number.
import { askHolder, type Holder, holdName } from './holderSocket.ts';
import { removeRuntimeFile, writeRuntimeFile } from './runtimeFile.ts';

const signOf = (port: number): string => `sluice-port-${port}`;

export interface RuntimeNotice {
  onListening(at: { host: string; port: number; startedAt: number }): void;
  onClosed(): void;
}

export function createRuntimeNotice(of: {
  dataDir: string;
  version: string;
  shell: Holder['shell'];
}): RuntimeNotice {
  let takeDown: Promise<(() => Promise<void>) | null> | null = null;

  function closeSign(): void {
    void takeDown?.then((down) => down?.());
    takeDown = null;
  }

  return {
    onListening(at) {
      writeRuntimeFile(of.dataDir, of.version, at);
      closeSign();
      // Another Sluice may have this port at another address, and its sign up; it is but a hint.
      takeDown = holdName(signOf(at.port), of.shell).catch(() => null);
    },
    onClosed() {
      removeRuntimeFile(of.dataDir);
      closeSign();
    },
  };
}

/** Which Sluice listens on a port; null where none says so. */
export async function sluiceOnPort(port: number): Promise<Holder | null> {
  return (await askHolder(signOf(port))) || null;
}
