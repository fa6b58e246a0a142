import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import dialog from '../../components/Dialog.module.css';
import { SecretOnce } from '../../components/SecretOnce.tsx';

export interface IssuedKey {
  name: string;
  secret: string;
}

/** Shows a new secret, once. A click beside it does not close it: it can't be had again. */
export function IssuedKeyDialog({ issued, onClose }: { issued: IssuedKey | null; onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={issued !== null}
      onClose={onClose}
      title={t('keys.issued', { name: issued?.name ?? '' })}
      closeOnClickOutside={false}
      transitionProps={{ duration: 0 }}
    >
      {issued && (
        <div className={dialog.form}>
          <p className={dialog.note}>{t('keys.once')}</p>
          <SecretOnce secret={issued.secret} />
          <div className={dialog.actions}>
            <Button variant="default" onClick={onClose}>
              {t('keys.kept')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
