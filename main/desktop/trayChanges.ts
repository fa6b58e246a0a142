// Carries out what was chosen in the tray's menu, through the same operations as a window, and says what came of it where nothing shows it.
import { dialog } from 'electron';
import type { Log } from '../base/log.ts';
import type { ControlClient } from '../control/router.ts';
import type { TrayChange } from './trayMenu.ts';
import type { Words } from './words.ts';

export interface TrayChangesDeps {
  client: Pick<ControlClient, 'gateway' | 'settings' | 'endpoints'>;
  words: () => Words;
  openWindow: (place: string) => void;
  log: Log;
}

/** Names in a question are few; the page of clients shows all. */
const mostPrograms = 5;

/** What a program calls itself first: `Cherry` of `Cherry/1.2 (…)`. */
const ownName = (userAgent: string): string => userAgent.split(/[/\s]/, 1)[0] ?? '';

export function createTrayChanges({ client, words, openWindow, log }: TrayChangesDeps) {
  /** Clients have the old address written down: they are the person's to change. */
  async function moveToPort(port: number): Promise<void> {
    const { status, userAgents } = await client.gateway.moveToPort({ port });
    const programs = [...new Set(userAgents.map(ownName))].filter((name) => name !== '');
    if (status.address === null || programs.length === 0) return;
    const { portMoved, portMovedDetail, connect, close } = words();
    const { response } = await dialog.showMessageBox({
      type: 'info',
      message: portMoved(status.address),
      detail: portMovedDetail(programs.slice(0, mostPrograms).join(', ')),
      buttons: [connect, close],
      cancelId: 1,
    });
    if (response === 0) openWindow('/connect');
  }

  async function make(change: TrayChange): Promise<unknown> {
    switch (change.set) {
      case 'strategy':
        return client.settings.update({ routing: { strategy: change.strategy } });
      case 'spending':
        return client.gateway.setSpending(change.spending);
      case 'endpoint':
        return client.endpoints.update({ id: change.id, patch: { enabled: change.enabled } });
      case 'port':
        return moveToPort(change.port);
    }
  }

  /** Never rejects: what could not be changed shows as it is. */
  return async (change: TrayChange): Promise<void> => {
    try {
      await make(change);
    } catch (error) {
      log.error('what was chosen in the tray could not be done', {
        change: change.set,
        error: String(error),
      });
    }
  };
}
