import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeriesPoint, SeriesView } from '../../../main/contract/schemas/usage.ts';
import type { Format } from '../../format/createFormat.ts';
import { noonOf } from '../../format/noonOf.ts';
import { useFormat } from '../../format/useFormat.ts';
import { GraphCanvas, type GraphSource, type GraphSpeech } from './GraphCanvas.tsx';
import type { GraphMetric } from './graphMetric.ts';
import { dayTicks, timeTicks } from './timeTicks.ts';

const lineOf: Record<GraphMetric, ((point: SeriesPoint) => number | null) | null> = {
  requests: null,
  tokens: (point) => point.inputTokens + point.outputTokens,
  firstToken: (point) => point.firstTokenMs,
  inFlight: (point) => point.inFlight,
};

function lineWords(metric: GraphMetric, format: Format): (value: number) => string {
  if (metric === 'firstToken') return format.duration;
  return metric === 'inFlight' ? (value) => format.exact(Number(value.toPrecision(2))) : format.short;
}

interface Props {
  series: SeriesView | undefined;
  metric: GraphMetric;
  speech: Omit<GraphSpeech, 'buckets'>;
  /** `left`: pixels from the graph's edge. */
  onHover(point: SeriesPoint | null, left: number): void;
}

/** An hour, a day, a week or a month in the store's own buckets. */
export function SpanGraph({ series, metric, speech, onHover }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const latest = useRef(series);
  latest.current = series;

  const source = useMemo((): GraphSource => {
    let drawn: SeriesView | null = null;
    return {
      sparse: metric === 'firstToken',
      fraction: metric === 'inFlight',
      format: {
        ticks(from, to) {
          const days = dayTicks(latest.current?.points ?? []);
          if (days.length > 0)
            return days.map(({ at, day }) => ({ at, label: format.dayMonth(noonOf(day)) }));
          return timeTicks(from, to).map((at) => ({ at, label: format.clock(at * 1000) }));
        },
        line: lineWords(metric, format),
        requests: format.short,
      },
      frame(plot) {
        const view = latest.current;
        const points = view?.points;
        if (!view || drawn === view || !points?.length) return;
        drawn = view;
        const line = lineOf[metric];
        const first = points[0]?.time ?? 0;
        const end = (points.at(-1)?.time ?? 0) + view.bucketMs;
        plot.show(
          {
            times: points.map((point) => point.time / 1000),
            requests: points.map((point) => point.requests),
            errors: points.map((point) => point.errors),
            line: line && points.map(line),
          },
          first / 1000,
          end / 1000,
          1,
        );
      },
    };
  }, [metric, format]);

  useEffect(() => () => onHover(null, 0), [onHover]);

  return (
    <GraphCanvas
      source={source}
      label={t(`graph.label.${metric}`)}
      speech={{ ...speech, buckets: series?.points.length ?? 0 }}
      onHover={(hover) => onHover(hover && (series?.points[hover.index] ?? null), hover?.left ?? 0)}
    />
  );
}
