import { Button, Modal, PasswordInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords, issuesOf } from '../api/errorWords.ts';
import { useOperations } from '../api/session.ts';
import classes from './Dialog.module.css';

/** Opens the encrypted file that keeps keys, or makes one where the system's keychain can't keep them. */
export function PassphraseDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useTranslation();
  const operations = useOperations();
  const vault = useQuery(operations.gateway.status.queryOptions()).data?.vault;
  const unlocks = vault?.kind === 'file' && vault.state !== 'ready';
  const open = useMutation(operations.vault.openFile.mutationOptions({ meta: { quiet: true } }));
  const [passphrase, setPassphrase] = useState('');

  function close() {
    setPassphrase('');
    open.reset();
    onClose();
  }

  return (
    <Modal opened={opened} onClose={close} title={t(unlocks ? 'vault.unlockTitle' : 'vault.title')}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          open.mutate({ passphrase }, { onSuccess: close });
        }}
      >
        <p className={classes.note}>{t(unlocks ? 'vault.unlockExplain' : 'vault.explain')}</p>
        <PasswordInput
          label={t('vault.passphrase')}
          description={unlocks ? undefined : t('vault.atLeast')}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          error={
            open.error && (issuesOf(open.error).length > 0 ? t('vault.wrong') : errorWords(open.error, t))
          }
          autoComplete={unlocks ? 'current-password' : 'new-password'}
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
