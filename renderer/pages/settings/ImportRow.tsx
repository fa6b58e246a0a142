import { Button, FileButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords, issuesOf } from '../../api/errorWords.ts';
import { useOperations } from '../../api/session.ts';
import { ImportPlanDialog } from './ImportPlanDialog.tsx';
import { type ImportAnswer, ImportQuestion } from './ImportQuestion.tsx';
import { ImportFileError, type ImportFileReason } from './importFile/importFileError.ts';
import { readImportFile } from './importFile/readImportFile.ts';
import { SettingRow } from './SettingRow.tsx';

/** What the dialog offers; files of any name are read. */
const offered = '.json,.yaml,.yml,.zip,.bak,.sql,.txt,application/json,text/yaml,text/plain,application/zip';

interface Chosen {
  name: string;
  /** Empty until it is read. */
  text: string;
}

/** Settings out of a file: chosen, opened where it asks for something, looked at, and only then taken. */
export function ImportRow() {
  const { t } = useTranslation();
  const plan = useMutation(useOperations().transfer.plan.mutationOptions({ meta: { quiet: true } }));
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [answer, setAnswer] = useState<ImportAnswer>({});
  const [refused, setRefused] = useState<ImportFileReason | null>(null);
  const [reading, setReading] = useState(false);
  const issue = issuesOf(plan.error)[0];
  const file = chosen?.name ?? '';
  const asked = issue?.path === 'passphrase' || issue?.path === 'into' ? issue.path : null;

  async function choose(next: File | null) {
    if (!next) return;
    plan.reset();
    setAnswer({});
    setRefused(null);
    setChosen({ name: next.name, text: '' });
    setReading(true);
    try {
      const text = await readImportFile(next);
      setChosen({ name: next.name, text });
      plan.mutate({ text });
    } catch (error) {
      // What is no reason of ours is a file that went away, or may not be read.
      setRefused(error instanceof ImportFileError ? error.reason : 'damaged');
    } finally {
      setReading(false);
    }
  }

  function close() {
    setChosen(null);
    setAnswer({});
    plan.reset();
  }

  function problem(): string | null {
    if (refused) return t(`transfer.file.${refused}`, { file });
    if (!plan.error || asked) return null;
    if (!issue) return errorWords(plan.error, t);
    return issue.message.startsWith('is none that can be read')
      ? t('transfer.unreadable', { file })
      : `${file} ${issue.message}`;
  }

  return (
    <SettingRow label={t('transfer.import')} note={t('transfer.importNote')} error={problem()}>
      {() => (
        <>
          <FileButton onChange={choose} accept={offered}>
            {(props) => (
              <Button {...props} variant="default" loading={reading || plan.isPending}>
                {t('transfer.choose')}
              </Button>
            )}
          </FileButton>
          {chosen && asked && (
            <ImportQuestion
              file={file}
              about={asked}
              error={plan.variables?.[asked] === undefined ? null : (issue?.message ?? null)}
              busy={plan.isPending}
              onAnswer={(given) => {
                setAnswer(given);
                plan.mutate({ text: chosen.text, ...given });
              }}
              onClose={close}
            />
          )}
          {chosen && plan.data && (
            <ImportPlanDialog plan={plan.data} input={{ text: chosen.text, ...answer }} onClose={close} />
          )}
        </>
      )}
    </SettingRow>
  );
}
