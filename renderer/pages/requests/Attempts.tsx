import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Attempt, AttemptOutcome, RequestRecord, Skip } from '../../../main/contract/schemas/record.ts';
import { BackIn } from '../../components/BackIn.tsx';
import { reasonLine } from '../../components/reasonWords.ts';
import { StateMark, type Tone } from '../../components/StateMark.tsx';
import { useNames } from '../../components/useNames.ts';
import { useFormat } from '../../format/useFormat.ts';
import classes from './Attempts.module.css';
import { Repairs } from './Repairs.tsx';

const tones: Record<AttemptOutcome, Tone> = {
  ok: 'good',
  invalid: 'wait',
  refused: 'bad',
  exhausted: 'bad',
  'rate-limited': 'wait',
  'model-missing': 'bad',
  'server-error': 'bad',
  'bad-answer': 'bad',
  unreachable: 'bad',
  timeout: 'bad',
  cut: 'wait',
  cancelled: 'off',
};

/** Outcomes a person can do something about at the endpoint itself. */
const mendable = new Set<AttemptOutcome>([
  'refused',
  'exhausted',
  'model-missing',
  'rate-limited',
  'unreachable',
]);

/** The line of the endpoints that were passed over and tried, in order, each with its reason. */
export function Attempts({ record }: { record: RequestRecord }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('detail.why')}>
      <h3 className={classes.title}>{t('detail.why')}</h3>
      <ol className={classes.line}>
        {record.skipped.map((skip) => (
          <SkipNode key={`${skip.endpointId}/${skip.accountId}`} skip={skip} />
        ))}
        {record.attempts.map((attempt, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: attempts of a stored record never change places
          <AttemptNode key={index} attempt={attempt} />
        ))}
        {record.skipped.length + record.attempts.length === 0 && (
          <li className={classes.none}>{t('detail.noCandidate')}</li>
        )}
      </ol>
    </section>
  );
}

function Where({ endpointId, accountId }: { endpointId: string; accountId: string | null }) {
  const names = useNames();
  const account = accountId && accountId !== 'none' ? names.account(endpointId, accountId) : '';
  return (
    <span className={classes.where}>
      {names.endpoint(endpointId)}
      {account && <span className={classes.account}>{account}</span>}
    </span>
  );
}

function SkipNode({ skip }: { skip: Skip }) {
  const { t } = useTranslation();
  return (
    <li className={classes.node}>
      <StateMark tone="off" />
      <div className={classes.words}>
        <div className={classes.top}>
          <Where endpointId={skip.endpointId} accountId={skip.accountId} />
          <span className={classes.outcome}>{t('detail.skipped')}</span>
        </div>
        <p className={classes.reason}>
          {reasonLine(skip, t)}
          {skip.until !== null && skip.until > Date.now() && (
            <>
              {' · '}
              <BackIn time={skip.until} />
            </>
          )}
        </p>
      </div>
    </li>
  );
}

function AttemptNode({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li className={classes.node}>
      <StateMark tone={tones[attempt.outcome]} />
      <div className={classes.words}>
        <div className={classes.top}>
          <Where endpointId={attempt.endpointId} accountId={attempt.accountId} />
          <span className={classes.outcome}>
            {t(`outcome.${attempt.outcome}`)}
            {attempt.status !== null && ` · ${attempt.status}`}
          </span>
        </div>
        <p className={classes.facts}>
          <code>{attempt.upstreamModel}</code>
          <span>{t('detail.startedAfter', { time: format.duration(attempt.startMs) })}</span>
          <span>{t('detail.took', { time: format.duration(attempt.durationMs) })}</span>
        </p>
        {attempt.reason && <p className={classes.reason}>{attempt.reason}</p>}
        <Repairs repairs={attempt.repairs} />
        {mendable.has(attempt.outcome) && (
          <Button
            size="xs"
            variant="default"
            className={classes.mend}
            component={Link}
            href={`/endpoints/${attempt.endpointId}`}
          >
            {t('detail.openEndpoint')}
          </Button>
        )}
      </div>
    </li>
  );
}
