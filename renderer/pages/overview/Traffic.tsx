import { SegmentedControl } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { memo, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrafficSecond } from '../../../main/contract/events.ts';
import type { SeriesPoint, Span } from '../../../main/contract/schemas/usage.ts';
import { useOperations, useSession } from '../../api/session.ts';
import { type GraphMetric, graphMetrics } from '../../components/graph/graphMetric.ts';
import { later } from '../../components/later.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useNow } from '../../format/useNow.ts';
import { GraphTooltip } from './GraphTooltip.tsx';
import { liveReading, type Reading, seriesReading } from './graphReading.ts';
import { useGraphWords } from './graphWords.ts';
import classes from './Traffic.module.css';

// The chart library comes after the first paint; its place is kept.
const LiveGraph = later(async () => (await import('../../components/graph/LiveGraph.tsx')).LiveGraph);
const SpanGraph = later(async () => (await import('../../components/graph/SpanGraph.tsx')).SpanGraph);

const spans = ['60s', '1h', '24h', '7d', '30d'] as const satisfies readonly Span[];

interface Hovered {
  /** Says which graph it belongs to: after a change of the span it is nobody's. */
  span: Span;
  reading: Reading;
  left: number;
}

function useMetric() {
  return useLocalStorage<GraphMetric>({
    key: 'sluice.graph',
    defaultValue: 'tokens',
    getInitialValueInEffect: false,
    serialize: (value) => value,
    deserialize: (value) => graphMetrics.find((metric) => metric === value) ?? 'tokens',
  });
}

/** The graph of what was picked, with its legend and its switches. */
export const Traffic = memo(function Traffic({ span, onSpan }: { span: Span; onSpan(span: Span): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { traffic } = useSession();
  const [metric, setMetric] = useMetric();
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const live = span === '60s';
  useNow(1000, live);
  const series = useQuery({
    ...useOperations().usage.series.queryOptions({ input: { span } }),
    placeholderData: keepPreviousData,
    enabled: !live,
  }).data;

  const bucketMs = live ? 1000 : (series?.bucketMs ?? 60_000);
  const words = useGraphWords(metric, live, bucketMs);
  const seconds = live ? traffic.until(traffic.gatewayNow() - 2000).slice(-60) : [];
  const readings = live ? seconds.map(liveReading) : (series?.points.map(seriesReading) ?? []);
  const current = live ? readings.at(-1) : undefined;
  const under = hovered?.span === span ? hovered : null;
  const speech = {
    summary: words.summary(t(`span.long.${span}`), readings),
    reading: under && words.sentence(under.reading),
  };

  const hoverSecond = useCallback((second: TrafficSecond | null, left: number) => {
    setHovered(second && { span: '60s', reading: liveReading(second), left });
  }, []);
  const hoverPoint = useCallback(
    (point: SeriesPoint | null, left: number) => {
      setHovered(point && { span, reading: seriesReading(point), left });
    },
    [span],
  );
  const unknown = metric === 'inFlight' && !live && readings.some((reading) => reading.inFlight === null);

  return (
    <section className={classes.traffic} aria-label={t('graph.title')}>
      <div className={classes.head}>
        <SegmentedControl
          aria-label={t('graph.pick')}
          className={classes.quiet}
          value={metric}
          onChange={(value) => setMetric(value as GraphMetric)}
          data={graphMetrics.map((value) => ({ value, label: t(`graph.metric.${value}`) }))}
        />
        <SegmentedControl
          aria-label={t('graph.span')}
          value={span}
          onChange={(value) => onSpan(value as Span)}
          data={spans.map((value) => ({ value, label: t(`span.${value}`) }))}
        />
      </div>
      <dl className={classes.legend}>
        {metric !== 'requests' && (
          <div className={classes.item}>
            <dt className={classes.line}>{words.lineName}</dt>
            {current && <dd>{words.lineValue(current)}</dd>}
          </div>
        )}
        <div className={classes.item}>
          <dt>{words.requestsName}</dt>
          {current && <dd>{format.count(current.requests)}</dd>}
        </div>
        <div className={classes.item}>
          <dt className={classes.errors}>{t('graph.errors')}</dt>
          {current && <dd>{format.count(current.errors)}</dd>}
        </div>
        {unknown && <div className={classes.note}>{t('graph.unknown')}</div>}
      </dl>
      <div className={classes.plot}>
        <Suspense fallback={null}>
          {live ? (
            <LiveGraph metric={metric} speech={speech} onHover={hoverSecond} />
          ) : (
            <SpanGraph series={series} metric={metric} speech={speech} onHover={hoverPoint} />
          )}
        </Suspense>
        {under && <GraphTooltip reading={under.reading} left={under.left} words={words} />}
      </div>
    </section>
  );
});
