import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelPreview, ModelView } from '../../../main/contract/schemas/models.ts';
import { TrialAnswer } from '../../components/TrialAnswer.tsx';
import { useNames } from '../../components/useNames.ts';
import { useTrial } from '../../components/useTrial.ts';
import classes from './ModelPanel.module.css';
import { TrialTook } from './TrialTook.tsx';
import { triableEndpoints, trialBody } from './triable.ts';

interface Props {
  id: string;
  model: ModelView | null;
  preview: ModelPreview;
}

/** One line to the model, and its answer as it comes: as routed, or from one endpoint. */
export function TryModel({ id, model, preview }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const { state, run, cancel } = useTrial();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const endpoints = triableEndpoints(model, preview);
  const endpointId = chosen !== null && endpoints.includes(chosen) ? chosen : null;
  const running = state.phase === 'running';

  return (
    <section aria-label={t('tryIt.title')}>
      <h3 className={classes.title}>{t('tryIt.title')}</h3>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (running) cancel();
          else run({ operation: 'chat', body: trialBody(id, text.trim() || t('tryIt.hello')), endpointId });
        }}
      >
        {endpoints.length > 0 && (
          <Select
            aria-label={t('tryIt.endpoint')}
            data={[
              { value: '', label: t('tryIt.asRouted') },
              ...endpoints.map((endpoint) => ({ value: endpoint, label: names.endpoint(endpoint) })),
            ]}
            value={endpointId ?? ''}
            onChange={(value) => setChosen(value || null)}
            allowDeselect={false}
          />
        )}
        <div className={classes.ask}>
          <TextInput
            aria-label={t('tryIt.ask', { model: id })}
            placeholder={t('tryIt.hello')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autoComplete="off"
          />
          <Button type="submit" variant={running ? 'default' : 'filled'} miw={84}>
            {running ? t('action.cancel') : t('tryIt.send')}
          </Button>
        </div>
      </form>
      {state.phase === 'idle' ? (
        <p className={`${classes.note} ${classes.after}`}>{t('tryIt.note')}</p>
      ) : (
        <div className={classes.after}>
          <TrialAnswer state={state} />
          {state.record && state.phase !== 'cancelled' && <TrialTook record={state.record} />}
        </div>
      )}
    </section>
  );
}
