import { modals } from '@mantine/modals';
import type { TFunction } from 'i18next';

interface Words {
  title: string;
  text: string;
  /** The button; "Remove" where it says nothing else. */
  confirm?: string;
  /** The button that leaves things as they are; "Cancel" where it says nothing else. */
  cancel?: string;
}

/** Asks before something is done that can't be taken back. */
export function askFirst(t: TFunction, { title, text, confirm, cancel }: Words, onConfirm: () => void): void {
  modals.openConfirmModal({
    title,
    children: text,
    labels: { confirm: confirm ?? t('action.remove'), cancel: cancel ?? t('action.cancel') },
    // Enter leaves things as they are.
    cancelProps: { 'data-autofocus': true },
    confirmProps: { color: 'red' },
    onConfirm,
  });
}
