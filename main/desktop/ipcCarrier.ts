// Carries the contract to the window: one channel on which a page of ours asks for a MessagePort, and the router behind the port.
import { RPCHandler } from '@orpc/server/message-port';
import { type IpcMainEvent, ipcMain, MessageChannelMain, type MessagePortMain } from 'electron';
import type { Log } from '../base/log.ts';
import type { PortAnswer, PortRequest } from '../contract/windowPort.ts';
import type { ControlRouter } from '../control/router.ts';
import { portRequests } from './portRequests.ts';
import type { ShellRouter } from './shellRouter.ts';
import { trustedSender } from './trustedSender.ts';

const request: PortRequest = 'sluice:connect';
const answer: PortAnswer = 'sluice:port';

export interface IpcCarrier {
  /** Ends every port; nobody is answered any more. */
  close(): void;
}

export function createIpcCarrier(deps: {
  router: ControlRouter & ShellRouter;
  /** `webContents.id` of our windows. */
  known: ReadonlySet<number>;
  /** Origin of our pages. */
  origin: string;
  log: Log;
}): IpcCarrier {
  const handler = new RPCHandler<Record<never, never>>(deps.router);
  /** One a window: a page that asks again after a reload gets a new one. */
  const ports = new Map<number, MessagePortMain>();

  function drop(id: number): void {
    ports.get(id)?.close();
    ports.delete(id);
  }

  function connect(event: IpcMainEvent): void {
    if (!trustedSender(event, deps.known, deps.origin)) {
      deps.log.warn('a page that is not ours asked for the control port', {
        address: event.senderFrame?.origin ?? 'a frame that is gone',
      });
      return;
    }
    const { sender } = event;
    if (ports.has(sender.id)) drop(sender.id);
    else sender.once('destroyed', () => drop(sender.id));
    const { port1, port2 } = new MessageChannelMain();
    ports.set(sender.id, port1);
    handler.upgrade(portRequests(port1, () => deps.log.warn('a page sent what is no request')));
    port1.start();
    event.senderFrame?.postMessage(answer, null, [port2]);
  }

  ipcMain.on(request, connect);
  return {
    close() {
      ipcMain.off(request, connect);
      for (const id of [...ports.keys()]) drop(id);
    },
  };
}
