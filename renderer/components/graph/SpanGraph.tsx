import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeriesPoint, Span } from '../../../main/contract/schemas/usage.ts';
import { useOperations } from '../../api/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { GraphCanvas, type GraphSource } from './GraphCanvas.tsx';
import { timeTicks } from './timeTicks.ts';

interface Props {
  span: Span;
  onHover(point: SeriesPoint | null): void;
  onBucket(bucketMs: number): void;
}

/** An hour, a day or a month in the store's own buckets. */
export function SpanGraph({ span, onHover, onBucket }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const series = useQuery({
    ...useOperations().usage.series.queryOptions({ input: { span } }),
    placeholderData: keepPreviousData,
  }).data;

  const source = useMemo((): GraphSource => {
    let drawn = false;
    return {
      format: {
        ticks(from, to) {
          const days = to - from > 3 * 86_400;
          return timeTicks(from, to).map((at) => ({
            at,
            label: days ? format.dayMonth(at * 1000) : format.clock(at * 1000),
          }));
        },
        tokens: format.short,
        requests: format.short,
      },
      frame(plot) {
        const points = series?.points;
        if (drawn || !series || !points?.length) return;
        drawn = true;
        const first = points[0]?.time ?? 0;
        const end = (points.at(-1)?.time ?? 0) + series.bucketMs;
        plot.show(
          {
            times: points.map((point) => point.time / 1000),
            requests: points.map((point) => point.requests),
            errors: points.map((point) => point.errors),
            tokens: points.map((point) => point.inputTokens + point.outputTokens),
          },
          first / 1000,
          end / 1000,
          1,
        );
      },
    };
  }, [series, format]);

  const bucketMs = series?.bucketMs;
  useEffect(() => {
    if (bucketMs) onBucket(bucketMs);
  }, [bucketMs, onBucket]);
  useEffect(() => () => onHover(null), [onHover]);

  return (
    <GraphCanvas
      source={source}
      label={t('graph.label')}
      onHover={(index) => onHover(index === null ? null : (series?.points[index] ?? null))}
    />
  );
}
