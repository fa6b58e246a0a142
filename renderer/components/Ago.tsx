import { useFormat } from '../format/useFormat.ts';
import { useNow } from '../format/useNow.ts';

/** How long ago a moment was (Unix ms). */
export function Ago({ time }: { time: number }) {
  const format = useFormat();
  const now = useNow(10_000);
  return <time title={format.momentExact(time)}>{format.ago(time, Math.max(now, time))}</time>;
}
