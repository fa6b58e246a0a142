import { Button, Modal, Textarea } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordBodies } from '../../../../main/contract/schemas/bodies.ts';
import type { RequestRecord } from '../../../../main/contract/schemas/record.ts';
import { useTrial } from '../../../components/useTrial.ts';
import type { DraftRequest } from './draftRequest.ts';
import { ReplayColumn, recordedChoice, routedChoice, useOtherEndpoint } from './ReplayColumn.tsx';
import classes from './ReplayDialog.module.css';
import { parseBody, trialBodyOf, trialOperationOf } from './replayRequest.ts';

interface Props {
  record: RequestRecord;
  bodies: RecordBodies | null;
  draft: DraftRequest;
  onClose(): void;
}

/** A request once more, against any endpoint: two answers side by side, the recorded one or two that run at once. */
export function ReplayDialog({ record, bodies, draft, onClose }: Props) {
  const { t } = useTranslation();
  const isNarrow = useMediaQuery('(max-width: 720px)') ?? false;
  const other = useOtherEndpoint(record);
  const [text, setText] = useState(() => JSON.stringify(trialBodyOf(record, draft), null, 2));
  const [choices, setChoices] = useState<readonly [string, string | null]>([recordedChoice, null]);
  const left = useTrial();
  const right = useTrial();
  const [leftChoice, rightChoice] = [choices[0], choices[1] ?? other ?? routedChoice];
  const columns = [
    { choice: leftChoice, trial: left },
    { choice: rightChoice, trial: right },
  ];
  const toRun = columns.filter(({ choice }) => choice !== recordedChoice);
  const running = columns.some(({ trial }) => trial.state.phase === 'running');
  const parsed = parseBody(text);
  const operation = trialOperationOf(record);

  function run() {
    if (!('body' in parsed) || !operation) return;
    for (const { choice, trial } of toRun)
      trial.run({ operation, body: parsed.body, endpointId: choice === routedChoice ? null : choice });
  }

  function cancel() {
    for (const { trial } of columns) trial.cancel();
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('replay.title', { model: record.clientModel })}
      size={1080}
      fullScreen={isNarrow}
      classNames={{ body: classes.body }}
    >
      <form
        className={classes.replay}
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <Textarea
          label={t('bodies.request')}
          description={noteOf(draft, bodies, t)}
          error={'problem' in parsed ? t('replay.invalid', { detail: parsed.problem }) : null}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          rows={9}
          spellCheck={false}
          classNames={{ input: classes.editor }}
        />
        <div className={classes.actions}>
          {running && (
            <Button variant="default" onClick={cancel}>
              {t('action.cancel')}
            </Button>
          )}
          <Button
            type="submit"
            loading={running}
            disabled={'problem' in parsed || toRun.length === 0}
            data-autofocus
          >
            {toRun.length > 1 ? t('replay.runBoth') : t('replay.run')}
          </Button>
        </div>
        <div className={classes.columns}>
          <ReplayColumn
            label={t('replay.left')}
            choice={leftChoice}
            onChoice={(choice) => setChoices([choice, rightChoice])}
            trial={left.state}
            record={record}
            answer={bodies?.answer ?? null}
          />
          <ReplayColumn
            label={t('replay.right')}
            choice={rightChoice}
            onChoice={(choice) => setChoices([leftChoice, choice])}
            trial={right.state}
            record={record}
            answer={bodies?.answer ?? null}
          />
        </div>
      </form>
    </Modal>
  );
}

function noteOf(draft: DraftRequest, bodies: RecordBodies | null, t: TFunction): string {
  if (draft.leftOut) return t('replay.leftOut');
  if (draft.source === 'recorded') return t('replay.recordedNote');
  return bodies ? t('replay.cutNote') : t('replay.minimal');
}
