import { Button, Modal, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../api/errorWords.ts';
import { useOperations } from '../../api/session.ts';
import dialog from '../../components/Dialog.module.css';
import { SettingRow } from './SettingRow.tsx';
import { saveJson } from './saveJson.ts';

/** The settings as a file: bare at once, with keys after a passphrase. */
export function ExportRow() {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const save = useMutation(
    useOperations().transfer.export.mutationOptions({
      meta: { quiet: true },
      onSuccess: ({ fileName, text }) => saveJson(fileName, text),
    }),
  );
  const problem = save.error ? errorWords(save.error, t) : null;

  function close() {
    setAsking(false);
    setPassphrase('');
    save.reset();
  }

  return (
    <SettingRow label={t('transfer.export')} note={t('transfer.exportNote')} error={asking ? null : problem}>
      {() => (
        <>
          <Button variant="default" onClick={() => save.mutate({})}>
            {t('transfer.plain')}
          </Button>
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('transfer.sealed')}
          </Button>
          <Modal opened={asking} onClose={close} title={t('transfer.sealedTitle')}>
            <form
              className={dialog.form}
              onSubmit={(event) => {
                event.preventDefault();
                save.mutate({ passphrase }, { onSuccess: close });
              }}
            >
              <p className={dialog.note}>{t('transfer.sealedText')}</p>
              <PasswordInput
                label={t('vault.passphrase')}
                description={t('vault.atLeast')}
                value={passphrase}
                onChange={(event) => setPassphrase(event.currentTarget.value)}
                error={problem}
                autoComplete="new-password"
                data-autofocus
              />
              <div className={dialog.actions}>
                <Button variant="default" onClick={close}>
                  {t('action.cancel')}
                </Button>
                <Button type="submit" loading={save.isPending} disabled={passphrase.length < 8}>
                  {t('transfer.save')}
                </Button>
              </div>
            </form>
          </Modal>
        </>
      )}
    </SettingRow>
  );
}
