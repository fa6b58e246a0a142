import type { TFunction } from 'i18next';
import type { KnownClient } from './clients.ts';
import { clientTitle } from './clientTitle.ts';

const plain = (text: string) => text.toLowerCase().replaceAll(/[\s_-]/g, '');

/** Those whose name holds what was typed, spaces and case aside. The card for any program is always among them. */
export function findClients(clients: readonly KnownClient[], typed: string, t: TFunction): KnownClient[] {
  const wanted = plain(typed);
  return clients.filter(
    (client) =>
      client.id === 'other' ||
      plain(client.name).includes(wanted) ||
      plain(clientTitle(client, t)).includes(wanted),
  );
}
