import { SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrafficSecond } from '../../../main/contract/events.ts';
import type { SeriesPoint, Span } from '../../../main/contract/schemas/usage.ts';
import { useSession } from '../../api/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useNow } from '../../format/useNow.ts';
import classes from './Traffic.module.css';

// The chart library comes after the first paint; its place is kept.
const LiveGraph = lazy(async () => ({
  default: (await import('../../components/graph/LiveGraph.tsx')).LiveGraph,
}));
const SpanGraph = lazy(async () => ({
  default: (await import('../../components/graph/SpanGraph.tsx')).SpanGraph,
}));

const spans = ['60s', '1h', '24h', '30d'] as const;

/** What the legend reads out: the bucket under the pointer, else the rates of this moment. */
interface Reading {
  when: string | null;
  tokens: number | null;
  requests: number | null;
  errors: number | null;
}

function useLiveReading(active: boolean): Reading {
  const { traffic } = useSession();
  useNow(1000, active);
  const last = traffic.until(traffic.gatewayNow() - 2000).at(-1);
  return {
    when: null,
    tokens: traffic.rates().tokensPerSecond,
    requests: last?.requests ?? 0,
    errors: last?.errors ?? 0,
  };
}

/** The graph with its legend, which is also its read-out, and the switch of spans. */
export function Traffic({ span, onSpan }: { span: Span; onSpan(span: Span): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [second, setSecond] = useState<TrafficSecond | null>(null);
  const [point, setPoint] = useState<SeriesPoint | null>(null);
  const [bucketMs, setBucketMs] = useState(60_000);
  const live = span === '60s';
  const now = useLiveReading(live);

  let reading: Reading = live ? now : { when: null, tokens: null, requests: null, errors: null };
  if (live && second) {
    reading = {
      when: format.clockSeconds(second.time),
      tokens: second.outputTokens,
      requests: second.requests,
      errors: second.errors,
    };
  } else if (!live && point) {
    const when = bucketMs >= 86_400_000 ? format.dayMonth(point.time) : format.moment(point.time, Date.now());
    reading = {
      when,
      tokens: point.inputTokens + point.outputTokens,
      requests: point.requests,
      errors: point.errors,
    };
  }
  const per = { bucket: format.bucket(bucketMs) };

  return (
    <section className={classes.traffic} aria-label={t('graph.title')}>
      <div className={classes.head}>
        <dl className={classes.legend}>
          <div className={classes.item}>
            <dt className={classes.tokens}>
              {live ? t('graph.tokensPerSecond') : t('graph.tokensPer', per)}
            </dt>
            <Value value={reading.tokens} write={format.rate} />
          </div>
          <div className={classes.item}>
            <dt className={classes.requests}>
              {live ? t('graph.requestsPerSecond') : t('graph.requestsPer', per)}
            </dt>
            <Value value={reading.requests} write={format.count} />
          </div>
          <div className={classes.item}>
            <dt className={classes.errors}>{t('graph.errors')}</dt>
            <Value value={reading.errors} write={format.count} />
          </div>
          {reading.when && <div className={classes.when}>{reading.when}</div>}
        </dl>
        <SegmentedControl
          aria-label={t('graph.span')}
          value={span}
          onChange={(value) => onSpan(value as Span)}
          data={spans.map((value) => ({ value, label: t(`span.${value}`) }))}
        />
      </div>
      <div className={classes.plot}>
        <Suspense fallback={null}>
          {live ? (
            <LiveGraph onHover={setSecond} />
          ) : (
            <SpanGraph span={span} onHover={setPoint} onBucket={setBucketMs} />
          )}
        </Suspense>
      </div>
    </section>
  );
}

function Value({ value, write }: { value: number | null; write(value: number): string }) {
  return value === null ? null : <dd>{write(value)}</dd>;
}
