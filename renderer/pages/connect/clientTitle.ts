import type { TFunction } from 'i18next';
import type { KnownClient } from './clients.ts';

/** What a card is headed with: the program's own name, but for the card of all those that have none here. */
export function clientTitle(client: KnownClient, t: TFunction): string {
  return client.id === 'other' ? t('connect.otherTitle') : client.name;
}

/** What a sentence calls it. */
export function clientInWords(client: KnownClient, t: TFunction): string {
  return client.id === 'other' ? t('connect.otherInWords') : client.name;
}
