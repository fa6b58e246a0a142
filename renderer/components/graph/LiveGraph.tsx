import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrafficSecond } from '../../../main/contract/events.ts';
import { useSession } from '../../api/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { GraphCanvas, type GraphSource, type GraphSpeech } from './GraphCanvas.tsx';
import type { GraphMetric } from './graphMetric.ts';

const windowSec = 60;
/** Drawn this much late, so that the second after the one at the right edge has always arrived and the line reaches it. */
const lagMs = 2400;

const lineOf: Record<GraphMetric, ((second: TrafficSecond) => number | null) | null> = {
  requests: null,
  tokens: (second) => Math.max(0, second.outputTokens),
  firstToken: (second) => second.firstTokenMs,
  inFlight: (second) => second.inFlight,
};

function columnsOf(seconds: readonly TrafficSecond[], metric: GraphMetric) {
  const line = lineOf[metric];
  return {
    times: seconds.map((second) => second.time / 1000),
    requests: seconds.map((second) => second.requests),
    errors: seconds.map((second) => second.errors),
    line: line && seconds.map(line),
  };
}

function isEmpty(second: TrafficSecond): boolean {
  const { requests, outputTokens, inFlight, firstTokenMs } = second;
  return requests === 0 && outputTokens === 0 && inFlight === 0 && firstTokenMs === null;
}

interface Props {
  metric?: GraphMetric;
  speech?: Omit<GraphSpeech, 'buckets'>;
  /** In pixels; the canvas's own where it is not said. */
  height?: number;
  /** `left`: pixels from the graph's edge. */
  onHover(second: TrafficSecond | null, left: number): void;
}

/** The last minute, sliding to the left as time passes. */
export function LiveGraph({ metric = 'tokens', speech, height, onHover }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { traffic } = useSession();
  const still = useReducedMotion();
  const shown = useRef<TrafficSecond[]>([]);

  const source = useMemo((): GraphSource => {
    let drawnAt = 0;
    return {
      sparse: metric === 'firstToken',
      fraction: false,
      format: {
        ticks: (_from, to) =>
          [60, 45, 30, 15, 0].map((ago) => ({
            at: to - ago,
            label: ago === 0 ? t('graph.now') : t('graph.secondsAgo', { count: ago }),
          })),
        line: metric === 'firstToken' ? format.duration : format.short,
        requests: format.short,
      },
      frame(plot, width) {
        // One device pixel is the least that can be seen to move.
        const pixelMs = (windowSec * 1000) / Math.max(1, width * devicePixelRatio);
        const now = traffic.gatewayNow() - lagMs;
        const end = still ? Math.floor(now / 1000) * 1000 : now;
        if (Math.abs(end - drawnAt) < Math.max(pixelMs, 24)) return;
        const first = drawnAt === 0;
        drawnAt = end;
        const seconds = traffic.until(end + 1000);
        // A flat line does not have to be drawn again.
        const flat = [...shown.current, ...seconds].every(isEmpty);
        shown.current = seconds;
        if (flat && !first && plot.settled) return;
        const columns = columnsOf(shown.current, metric);
        plot.show(columns, end / 1000 - windowSec, end / 1000, first || still ? 1 : 0.12);
      },
    };
  }, [format, metric, still, t, traffic]);

  useEffect(() => () => onHover(null, 0), [onHover]);

  return (
    <GraphCanvas
      source={source}
      label={t(`graph.label.${metric}`)}
      speech={speech && { ...speech, buckets: shown.current.length || windowSec }}
      height={height}
      onHover={(hover) => onHover(hover && (shown.current[hover.index] ?? null), hover?.left ?? 0)}
    />
  );
}
