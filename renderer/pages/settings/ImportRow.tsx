import { Button, FileButton, Modal, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords, issuesOf } from '../../api/errorWords.ts';
import { useOperations } from '../../api/session.ts';
import dialog from '../../components/Dialog.module.css';
import { ImportPlanDialog } from './ImportPlanDialog.tsx';
import { SettingRow } from './SettingRow.tsx';

/** As much as the gateway takes. */
const mostCharacters = 240_000;

interface Chosen {
  name: string;
  text: string;
}

/** Settings out of a file: chosen, opened where it is sealed, looked at, and only then taken. */
export function ImportRow() {
  const { t } = useTranslation();
  const plan = useMutation(useOperations().transfer.plan.mutationOptions({ meta: { quiet: true } }));
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [tooLarge, setTooLarge] = useState(false);
  const issues = issuesOf(plan.error);
  const sealed = issues.find(({ path }) => path === 'passphrase');
  const issue = issues[0];

  async function choose(file: File | null) {
    if (!file) return;
    plan.reset();
    setPassphrase('');
    setTooLarge(file.size > mostCharacters);
    if (file.size > mostCharacters) return;
    const text = await file.text();
    setChosen({ name: file.name, text });
    plan.mutate({ text });
  }

  function close() {
    setChosen(null);
    setPassphrase('');
    plan.reset();
  }

  let problem: string | null = tooLarge ? t('transfer.tooLarge') : null;
  if (plan.error && !sealed)
    problem = issue ? `${chosen?.name ?? ''} ${issue.message}`.trim() : errorWords(plan.error, t);

  return (
    <SettingRow label={t('transfer.import')} note={t('transfer.importNote')} error={problem}>
      {() => (
        <>
          <FileButton onChange={choose} accept=".json,.yaml,.yml,application/json,text/yaml">
            {(props) => (
              <Button {...props} variant="default" loading={plan.isPending}>
                {t('transfer.choose')}
              </Button>
            )}
          </FileButton>
          <Modal
            opened={chosen !== null && sealed !== undefined}
            onClose={close}
            title={t('transfer.import')}
          >
            <form
              className={dialog.form}
              onSubmit={(event) => {
                event.preventDefault();
                if (chosen) plan.mutate({ text: chosen.text, passphrase });
              }}
            >
              <p className={dialog.note}>{t('transfer.needsPassphrase', { file: chosen?.name ?? '' })}</p>
              <PasswordInput
                label={t('vault.passphrase')}
                value={passphrase}
                onChange={(event) => setPassphrase(event.currentTarget.value)}
                error={plan.variables?.passphrase === undefined ? null : sealed?.message}
                autoComplete="off"
                data-autofocus
              />
              <div className={dialog.actions}>
                <Button variant="default" onClick={close}>
                  {t('action.cancel')}
                </Button>
                <Button type="submit" loading={plan.isPending} disabled={passphrase === ''}>
                  {t('transfer.open')}
                </Button>
              </div>
            </form>
          </Modal>
          {chosen && plan.data && (
            <ImportPlanDialog
              plan={plan.data}
              input={{ text: chosen.text, ...(passphrase ? { passphrase } : {}) }}
              onClose={close}
            />
          )}
        </>
      )}
    </SettingRow>
  );
}
