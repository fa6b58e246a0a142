import { Button, Modal, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords, issuesOf } from '../api/errorWords.ts';
import { useOperations } from '../api/session.ts';
import classes from './Dialog.module.css';

/** Opens, or makes, the encrypted file that keeps keys where the system's keychain can't. */
export function PassphraseDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useTranslation();
  const open = useMutation(useOperations().vault.openFile.mutationOptions({ meta: { quiet: true } }));
  const [passphrase, setPassphrase] = useState('');

  function close() {
    setPassphrase('');
    open.reset();
    onClose();
  }

  return (
    <Modal opened={opened} onClose={close} title={t('vault.title')}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          open.mutate({ passphrase }, { onSuccess: close });
        }}
      >
        <p className={classes.note}>{t('vault.explain')}</p>
        <PasswordInput
          label={t('vault.passphrase')}
          description={t('vault.atLeast')}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          error={open.error ? (issuesOf(open.error)[0]?.message ?? errorWords(open.error, t)) : null}
          autoComplete="new-password"
          data-autofocus
        />
        <div className={classes.actions}>
          <Button variant="default" onClick={close}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={open.isPending} disabled={passphrase.length < 8}>
            {t('vault.open')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
