import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LinkView } from '../../../main/contract/schemas/link.ts';
import dialog from '../Dialog.module.css';

/** Says that a link does nothing, and why. */
export function LinkRefused({
  link,
  onClose,
}: {
  link: Extract<LinkView, { state: 'refused' }>;
  onClose(): void;
}) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={t('links.refusedTitle')}>
      <div className={dialog.form}>
        <p>{t(`links.refused.${link.reason}`)}</p>
        {link.part && <p className={dialog.note}>{t('links.part', { part: link.part })}</p>}
        <p className={dialog.note}>{t('links.nothingChanged')}</p>
        <div className={dialog.actions}>
          <Button data-autofocus onClick={onClose}>
            {t('action.close')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
