import { useFormat } from '../format/useFormat.ts';
import { useNow } from '../format/useNow.ts';

/** Counts down to a moment (Unix ms). */
export function Until({ time }: { time: number }) {
  const format = useFormat();
  const now = useNow(1000);
  return <time title={format.momentExact(time)}>{format.countdown(time, now)}</time>;
}
