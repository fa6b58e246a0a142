import { useTranslation } from 'react-i18next';
import type { GraphMetric } from '../../components/graph/graphMetric.ts';
import { useFormat } from '../../format/useFormat.ts';
import type { Reading } from './graphReading.ts';

export interface GraphWords {
  lineName: string;
  requestsName: string;
  when(reading: Reading): string;
  /** The picked number; a dash where it is not known. */
  lineValue(reading: Reading): string;
  /** A bucket in a sentence. */
  sentence(reading: Reading): string;
  /** The whole graph in a sentence or two. */
  summary(span: string, readings: readonly Reading[]): string;
}

const day = 86_400_000;

/** How a graph of one number is told. `bucketMs` is how long its buckets are. */
export function useGraphWords(metric: GraphMetric, live: boolean, bucketMs: number): GraphWords {
  const { t } = useTranslation();
  const format = useFormat();
  const per = { bucket: format.bucket(bucketMs) };

  function when({ time }: Reading): string {
    if (live) return format.clockSeconds(time);
    return bucketMs >= day ? format.dayMonth(time) : format.moment(time, Date.now());
  }
  function lineValue({ tokens, firstTokenMs, inFlight }: Reading): string {
    if (metric === 'firstToken') return firstTokenMs === null ? '–' : format.duration(firstTokenMs);
    if (metric === 'inFlight') return inFlight === null ? '–' : format.exact(Number(inFlight.toPrecision(2)));
    return format.rate(tokens);
  }
  const names: Record<GraphMetric, string> = {
    requests: '',
    tokens: live ? t('graph.tokensPerSecond') : t('graph.tokensPer', per),
    firstToken: t('figure.firstToken'),
    inFlight: live ? t('figure.inFlight') : t('graph.meanInFlight'),
  };
  const facts = (reading: Reading) => ({
    when: when(reading),
    requests: format.exact(reading.requests),
    errors: format.exact(reading.errors),
  });

  return {
    lineName: names[metric],
    requestsName: live ? t('graph.requestsPerSecond') : t('graph.requestsPer', per),
    when,
    lineValue,
    sentence(reading) {
      const line =
        metric === 'requests' ? '' : t('graph.say.line', { name: names[metric], value: lineValue(reading) });
      return t('graph.say.bucket', { ...facts(reading), line });
    },
    summary(span, readings) {
      const sum = (key: 'requests' | 'errors') =>
        readings.reduce((total, reading) => total + reading[key], 0);
      const busiest = readings.reduce<Reading | null>(
        (best, reading) => (reading.requests > (best?.requests ?? 0) ? reading : best),
        null,
      );
      if (!busiest) return t('graph.say.nothing', { span });
      const totals = { span, requests: format.exact(sum('requests')), errors: format.exact(sum('errors')) };
      return t('graph.say.summary', {
        ...totals,
        when: when(busiest),
        most: format.exact(busiest.requests),
      });
    },
  };
}
