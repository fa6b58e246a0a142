// The desktop hand-over. The preload exposes `window.sluice` and forwards one message to the main process:
//   page     window.postMessage('sluice:connect')            once its listener is ready
//   preload  asks main for a MessageChannel, then window.postMessage('sluice:port', origin, [port])
//   page     takes ports[0] of a `sluice:port` whose source is this very window, and speaks oRPC over it.
// Asking again makes the main process drop the earlier port, so a reload or a closed port heals by asking.
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { PortAnswer, PortRequest, ShellInfo } from '../../main/contract/windowPort.ts';
import type { ControlClient } from './controlClient.ts';

declare global {
  interface Window {
    /** Absent in a browser. */
    sluice?: ShellInfo;
  }
}

const request: PortRequest = 'sluice:connect';
const answer: PortAnswer = 'sluice:port';

/** Asks for a port and resolves once it is here. `onClosed` tells that the main process dropped it later. */
export function connectDesktop(onClosed: () => void, signal: AbortSignal): Promise<ControlClient> {
  return new Promise((resolve) => {
    const listener = (event: MessageEvent) => {
      const [port] = event.ports;
      if (event.source !== window || event.data !== answer || !port) return;
      window.removeEventListener('message', listener);
      port.addEventListener('close', onClosed, { once: true });
      const client: ControlClient = createORPCClient(new RPCLink({ port }));
      port.start();
      resolve(client);
    };
    window.addEventListener('message', listener, { signal });
    // Pages of a custom scheme may have the opaque origin "null", which postMessage does not take.
    window.postMessage(request, location.origin === 'null' ? '*' : location.origin);
  });
}
