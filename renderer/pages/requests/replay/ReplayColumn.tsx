import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeptBody } from '../../../../main/contract/schemas/bodies.ts';
import type { RequestRecord } from '../../../../main/contract/schemas/record.ts';
import { useOperations } from '../../../api/session.ts';
import { endpointName } from '../../../components/endpointName.ts';
import { failureWords } from '../../../components/failureWords.ts';
import { TrialAnswer } from '../../../components/TrialAnswer.tsx';
import type { TrialState } from '../../../components/trialState.ts';
import { Pieces } from '../bodies/Conversation.tsx';
import { answerPieces, readBody } from '../bodies/readBody.ts';
import classes from './ReplayColumn.module.css';
import { ReplayNumbers } from './ReplayNumbers.tsx';

/** No id of an endpoint holds a colon. */
export const recordedChoice = ':recorded';
export const routedChoice = ':routed';

interface Props {
  label: string;
  /** An endpoint's id, or one of the two above. */
  choice: string;
  onChoice(choice: string): void;
  trial: TrialState;
  /** The request that is replayed, and what it was answered where that was kept. */
  record: RequestRecord;
  answer: KeptBody | null;
}

/** One of the two answers: where it comes from, its numbers, its words. */
export function ReplayColumn({ label, choice, onChoice, trial, record, answer }: Props) {
  const { t } = useTranslation();
  const endpoints = useQuery(useOperations().endpoints.list.queryOptions()).data ?? [];
  const isRecorded = choice === recordedChoice;

  return (
    <section className={classes.column} aria-label={label}>
      <Select
        aria-label={label}
        allowDeselect={false}
        disabled={trial.phase === 'running'}
        value={choice}
        onChange={(value) => value !== null && onChoice(value)}
        data={[
          { value: recordedChoice, label: t('replay.recorded') },
          { value: routedChoice, label: t('replay.routed') },
          ...endpoints.map((endpoint) => ({
            value: endpoint.id,
            label: endpointName(endpoint, t),
            disabled: !endpoint.enabled,
          })),
        ]}
      />
      <ReplayNumbers
        record={isRecorded ? record : trial.record}
        firstMs={isRecorded ? null : trial.firstMs}
        status={isRecorded ? null : (trial.failure?.status ?? null)}
      />
      <div className={classes.words}>
        {isRecorded ? <RecordedAnswer record={record} answer={answer} /> : null}
        {!isRecorded && trial.phase === 'idle' && <p className={classes.note}>{t('replay.notRun')}</p>}
        {!isRecorded && trial.phase !== 'idle' && <TrialAnswer state={trial} />}
      </div>
    </section>
  );
}

function RecordedAnswer({ record, answer }: Pick<Props, 'record' | 'answer'>) {
  const { t } = useTranslation();
  const pieces = useMemo(() => (answer ? answerPieces(readBody(answer)) : []), [answer]);
  if (pieces.length > 0)
    return (
      <div className={classes.pieces}>
        <Pieces pieces={pieces} />
      </div>
    );
  return (
    <p className={classes.note}>
      {failureWords(record.errorCode, t) ?? record.errorMessage ?? t('replay.answerGone')}
    </p>
  );
}

/** An endpoint to compare with: the first one that is on and did not answer before, of those that serve the model where any does. */
export function useOtherEndpoint({ endpointId, clientModel }: RequestRecord): string | null {
  const endpoints = useQuery(useOperations().endpoints.list.queryOptions()).data ?? [];
  const others = endpoints.filter(
    ({ id, enabled, accounts }) =>
      enabled && id !== endpointId && accounts.some((account) => account.enabled),
  );
  const serving = others.find(({ servedModels }) => servedModels.includes(clientModel));
  return (serving ?? others[0])?.id ?? null;
}
