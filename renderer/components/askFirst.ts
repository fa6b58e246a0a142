import { modals } from '@mantine/modals';
import type { TFunction } from 'i18next';

interface Words {
  title: string;
  text: string;
  /** The button; "Remove" where it says nothing else. */
  confirm?: string;
}

/** Asks before something is done that can't be taken back. */
export function askFirst(t: TFunction, { title, text, confirm }: Words, onConfirm: () => void): void {
  modals.openConfirmModal({
    title,
    children: text,
    labels: { confirm: confirm ?? t('action.remove'), cancel: t('action.cancel') },
    confirmProps: { color: 'red' },
    onConfirm,
  });
}
