import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/useFormat.ts';
import { useNow } from '../../format/useNow.ts';

const hourMs = 3_600_000;

/** How long something still lasts (Unix ms): counted down within the hour, else the moment at which it ends. */
export function TimeLeft({ time }: { time: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(1000);
  const key = time - now >= hourMs ? 'spending.until' : 'spending.left';
  return <time title={format.momentExact(time)}>{t(key, { time: format.countdown(time, now) })}</time>;
}
