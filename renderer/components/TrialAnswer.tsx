import { useTranslation } from 'react-i18next';
import { FoldedGroup } from './FoldedGroup.tsx';
import { failureWords } from './failureWords.ts';
import { OriginalWords } from './OriginalWords.tsx';
import classes from './TrialAnswer.module.css';
import type { TrialState } from './trialState.ts';

/** What a model says to a request of the window, as it comes, and the upstream's own words where it refuses. */
export function TrialAnswer({ state }: { state: TrialState }) {
  const { t } = useTranslation();
  const { phase, text, reasoning, calls, failure, record } = state;
  const failed = failure && failureWords(record?.errorCode ?? null, t);
  const silent = text === '' && reasoning === '' && calls.length === 0;

  return (
    <div className={classes.answer} aria-busy={phase === 'running'}>
      {reasoning !== '' && (
        <FoldedGroup title={t('trial.reasoning')}>
          <p className={classes.reasoning}>{reasoning}</p>
        </FoldedGroup>
      )}
      {text !== '' && <p className={classes.text}>{text}</p>}
      {calls.map((call, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a call has no identity but its place
        <div key={index} className={classes.call}>
          <span>{t('trial.calls', { name: call.name })}</span>
          <code>{call.arguments}</code>
        </div>
      ))}
      {phase === 'running' && silent && <p className={classes.note}>{t('trial.waiting')}</p>}
      {phase === 'done' && silent && <p className={classes.note}>{t('trial.silent')}</p>}
      {phase === 'cancelled' && <p className={classes.note}>{t('trial.cancelled')}</p>}
      {failure && (
        <div role="alert">
          <p className={classes.failure}>
            {failure.status !== null && <code>{failure.status}</code>} {failed ?? failure.message}
          </p>
          {failed && <OriginalWords>{failure.message}</OriginalWords>}
        </div>
      )}
    </div>
  );
}
