import { Button } from '@mantine/core';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attempt, AttemptOutcome, RequestRecord, Skip } from '../../../main/contract/schemas/record.ts';
import { attemptWords } from '../../components/attemptWords.ts';
import { Mends } from '../../components/Mends.tsx';
import { RouteNode, RouteReason, WhyLine } from '../../components/RouteLine.tsx';
import type { Tone } from '../../components/StateMark.tsx';
import { PausedNote } from '../../components/spending/PausedNote.tsx';
import { useFormat } from '../../format/useFormat.ts';
import { Repairs } from './Repairs.tsx';
import classes from './Timeline.module.css';
import { useOrderWords } from './useOrderWords.ts';

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

/** As many as are read; a large pool passes over many more. */
const shownSkips = 6;

/** The line of the endpoints that were passed over and tried, in order, each with its reason and what to do about it. */
export function Timeline({ record }: { record: RequestRecord }) {
  const { t } = useTranslation();
  const orderWords = useOrderWords();
  const [all, setAll] = useState(false);
  const { skipped, attempts, order, clientModel, errorCode } = record;
  const planned = skipped.filter(({ after }) => !after);
  const shown = all || planned.length <= shownSkips + 1 ? planned : planned.slice(0, shownSkips);
  const words = order && orderWords(order);
  return (
    <section aria-label={t('detail.why')}>
      <h3 className={classes.title}>{t('detail.why')}</h3>
      {words && <p className={classes.order}>{words}</p>}
      <ol>
        {shown.map((skip, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what a stored record passed over never changes places
          <SkipNode key={index} skip={skip} model={clientModel} />
        ))}
        {shown.length < planned.length && (
          <li className={classes.more}>
            <Button size="xs" variant="default" onClick={() => setAll(true)}>
              {t('detail.moreSkipped', { count: planned.length - shown.length })}
            </Button>
          </li>
        )}
        {attempts.map((attempt, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: attempts of a stored record never change places
          <Fragment key={index}>
            <AttemptNode attempt={attempt} record={record} />
            {skipped
              .filter(({ after }) => after === index + 1)
              .map((skip) => (
                <SkipNode key={`${skip.endpointId}/${skip.accountId}`} skip={skip} model={clientModel} />
              ))}
          </Fragment>
        ))}
        {skipped.length + attempts.length === 0 && (
          <li className={classes.none}>
            {errorCode === 'gateway_paused' ? <PausedNote /> : t('detail.noCandidate')}
          </li>
        )}
      </ol>
    </section>
  );
}

function SkipNode({ skip, model }: { skip: Skip; model: string }) {
  const { t } = useTranslation();
  const { endpointId, accountId, code, facts, until } = skip;
  return (
    <RouteNode
      tone="off"
      endpointId={endpointId}
      accountIds={accountId === null ? [] : [accountId]}
      note={t('detail.skipped')}
    >
      <WhyLine why={skip} until={until} />
      {code !== null && (
        <Mends cause={code} facts={facts} endpointId={endpointId} accountId={accountId} model={model} />
      )}
    </RouteNode>
  );
}

function AttemptNode({ attempt, record }: { attempt: Attempt; record: RequestRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { endpointId, accountId, upstreamModel, outcome, status, startMs, durationMs, reason, repairs } =
    attempt;
  return (
    <RouteNode
      tone={tones[outcome]}
      endpointId={endpointId}
      accountIds={[accountId]}
      note={
        <>
          {t(`outcome.${outcome}`)}
          {status !== null && ` · ${status}`}
        </>
      }
    >
      <p className={classes.facts}>
        <code>{upstreamModel}</code>
        <span>{t('detail.startedAfter', { time: format.duration(startMs) })}</span>
        <span>{t('detail.took', { time: format.duration(durationMs) })}</span>
      </p>
      <TimeBar attempt={attempt} record={record} />
      {reason && <RouteReason title={reason}>{attemptWords(reason, t) ?? reason}</RouteReason>}
      <Repairs repairs={repairs} />
      <Mends
        cause={outcome}
        endpointId={endpointId}
        accountId={accountId}
        model={record.clientModel}
        upstreamModel={upstreamModel}
      />
    </RouteNode>
  );
}

/** The attempt's time on the axis all attempts share; the numbers above say the same. */
function TimeBar({ attempt, record }: { attempt: Attempt; record: RequestRecord }) {
  const { startMs, durationMs, outcome } = attempt;
  const end = Math.max(record.totalMs, ...record.attempts.map((one) => one.startMs + one.durationMs), 1);
  const share = (ms: number) => `${(100 * ms) / end}%`;
  const tone = tones[outcome];
  const { firstTokenMs } = record;
  return (
    <div className={classes.axis} aria-hidden="true">
      <span
        className={`${classes.span} ${tone === 'off' ? '' : classes[tone]}`}
        style={{ left: share(Math.min(startMs, end * 0.99)), width: share(durationMs) }}
      />
      {firstTokenMs !== null && firstTokenMs >= startMs && firstTokenMs <= startMs + durationMs && (
        <span className={classes.token} style={{ left: share(firstTokenMs) }} />
      )}
    </div>
  );
}
