import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat.ts';
import { useNow } from '../format/useNow.ts';

const hourMs = 3_600_000;

/**
 * When something held back returns (Unix ms): counted down when it is soon, else the moment itself. `again`: whether it will work
 * then is not known, it is only tried again.
 */
export function BackIn({ time, again = false }: { time: number; again?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(1000);
  const what = again ? 'again' : 'back';
  const words = t(`state.${what}${time - now >= hourMs ? 'At' : 'In'}`, {
    time: format.countdown(time, now),
  });
  return <time title={format.momentExact(time)}>{words}</time>;
}
