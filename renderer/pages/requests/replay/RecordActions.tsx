import { Button } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestRecord } from '../../../../main/contract/schemas/record.ts';
import { useOperations } from '../../../api/session.ts';
import { addressOf } from '../../../components/addressOf.ts';
import { CopyButton } from '../../../components/CopyButton.tsx';
import { later } from '../../../components/later.ts';
import { onWindows } from '../../../components/onWindows.ts';
import { useBodies } from '../bodies/useBodies.ts';
import { curlCommand } from './curlCommand.ts';
import { type DraftRequest, draftRequest } from './draftRequest.ts';
import classes from './RecordActions.module.css';
import { trialOperationOf } from './replayRequest.ts';

const ReplayDialog = later(async () => (await import('./ReplayDialog.tsx')).ReplayDialog);

/** What can be done with a request again: in a terminal, or right here against any endpoint. */
export function RecordActions({ record }: { record: RequestRecord }) {
  const { t } = useTranslation();
  const [replaying, setReplaying] = useState(false);
  const { bodies, isLoading } = useBodies(record);
  const status = useQuery(useOperations().gateway.status.queryOptions()).data;
  const draft = draftRequest(record, bodies, t('replay.words'));
  if (!status || isLoading) return null;
  if (!draft) return <p className={classes.note}>{t('curl.upload')}</p>;

  return (
    <div className={classes.actions}>
      <div className={classes.buttons}>
        <CopyButton
          text={curlCommand({
            shell: onWindows() ? 'powershell' : 'sh',
            address: addressOf(status),
            record,
            body: draft.body,
          })}
          label={t('curl.copy')}
          words={t('curl.copy')}
        />
        {trialOperationOf(record) && (
          <Button
            variant="default"
            leftSection={<IconRepeat size={14} stroke={1.6} />}
            onClick={() => setReplaying(true)}
          >
            {t('replay.open')}
          </Button>
        )}
      </div>
      <CurlNote draft={draft} />
      {replaying && (
        <Suspense>
          <ReplayDialog record={record} bodies={bodies} draft={draft} onClose={() => setReplaying(false)} />
        </Suspense>
      )}
    </div>
  );
}

function CurlNote({ draft }: { draft: DraftRequest }) {
  const { t } = useTranslation();
  const variable = onWindows() ? '$env:SLUICE_KEY' : '$SLUICE_KEY';
  return (
    <div className={classes.note}>
      <p>
        {draft.source === 'recorded' ? t('curl.recorded', { variable }) : t('curl.minimal', { variable })}
      </p>
      {draft.leftOut && <p>{t('replay.leftOut')}</p>}
    </div>
  );
}
