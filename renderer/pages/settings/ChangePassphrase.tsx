import { Button, Modal, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords, issuesOf } from '../../api/errorWords.ts';
import { useOperations } from '../../api/session.ts';
import dialog from '../../components/Dialog.module.css';
import { showToast } from '../../components/toast.tsx';

export function ChangePassphrase({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useTranslation();
  const change = useMutation(
    useOperations().vault.changePassphrase.mutationOptions({ meta: { quiet: true } }),
  );
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const issue = issuesOf(change.error)[0];
  const wrong = issue?.message ?? (change.error ? errorWords(change.error, t) : null);

  function close() {
    setCurrent('');
    setNext('');
    change.reset();
    onClose();
  }

  return (
    <Modal opened={opened} onClose={close} title={t('settings.passphraseTitle')}>
      <form
        className={dialog.form}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(
            { current, next },
            {
              onSuccess: () => {
                showToast({ subject: 'settings.vault', text: t('settings.passphraseChanged') });
                close();
              },
            },
          );
        }}
      >
        <p className={dialog.note}>{t('settings.passphraseNote')}</p>
        <PasswordInput
          label={t('settings.passphraseCurrent')}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          error={wrong}
          autoComplete="current-password"
          data-autofocus
        />
        <PasswordInput
          label={t('settings.passphraseNext')}
          description={t('vault.atLeast')}
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
          autoComplete="new-password"
        />
        <div className={dialog.actions}>
          <Button variant="default" onClick={close}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={change.isPending} disabled={current === '' || next.length < 8}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
