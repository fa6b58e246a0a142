import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat.ts';
import { useNow } from '../format/useNow.ts';

const hourMs = 3_600_000;

/** When something held back returns (Unix ms): counted down when it is soon, else the moment itself. */
export function BackIn({ time }: { time: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(1000);
  const key = time - now >= hourMs ? 'state.backAt' : 'state.backIn';
  return <time title={format.momentExact(time)}>{t(key, { time: format.countdown(time, now) })}</time>;
}
