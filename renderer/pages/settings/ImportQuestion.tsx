import { Button, Modal, PasswordInput, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOperations } from '../../api/session.ts';
import dialog from '../../components/Dialog.module.css';

/** What a file can't say itself. */
export interface ImportAnswer {
  passphrase?: string;
  into?: string;
}

interface Props {
  file: string;
  /** What is asked for. */
  about: 'passphrase' | 'into';
  error: string | null;
  busy: boolean;
  onAnswer(answer: ImportAnswer): void;
  onClose(): void;
}

/** Asks for the passphrase of a sealed file, or for the endpoint that keys alone belong to. */
export function ImportQuestion({ file, about, error, busy, onAnswer, onClose }: Props) {
  const { t } = useTranslation();
  const [value, setValue] = useState('');
  const operations = useOperations();
  const endpoints = useQuery({ ...operations.endpoints.list.queryOptions(), enabled: about === 'into' }).data;
  const none = about === 'into' && endpoints?.length === 0;

  return (
    <Modal opened onClose={onClose} title={t('transfer.import')}>
      <form
        className={dialog.form}
        onSubmit={(event) => {
          event.preventDefault();
          onAnswer({ [about]: value });
        }}
      >
        {about === 'passphrase' ? (
          <>
            <p className={dialog.note}>{t('transfer.needsPassphrase', { file })}</p>
            <PasswordInput
              label={t('vault.passphrase')}
              value={value}
              onChange={(event) => setValue(event.currentTarget.value)}
              error={error}
              autoComplete="off"
              data-autofocus
            />
          </>
        ) : (
          <>
            <p className={dialog.note}>
              {t(none ? 'transfer.noEndpoint' : 'transfer.needsEndpoint', { file })}
            </p>
            {!none && (
              <Select
                label={t('transfer.endpoint')}
                data={(endpoints ?? []).map(({ id, name }) => ({ value: id, label: name || id }))}
                value={value || null}
                onChange={(next) => setValue(next ?? '')}
                error={error}
                searchable
                openOnFocus={false}
                nothingFoundMessage={t('settings.nothingFound')}
                data-autofocus
              />
            )}
          </>
        )}
        <div className={dialog.actions}>
          <Button variant="default" onClick={onClose}>
            {t(none ? 'action.close' : 'action.cancel')}
          </Button>
          {!none && (
            <Button type="submit" loading={busy} disabled={value === ''}>
              {t(about === 'into' ? 'transfer.continue' : 'transfer.open')}
            </Button>
          )}
        </div>
      </form>
    </Modal>
  );
}
