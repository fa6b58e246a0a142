import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import { useFormat } from '../format/useFormat.ts';
import { useNow } from '../format/useNow.ts';
import { Figure } from './Figure.tsx';

/** What goes on right now, in four figures. `requestsUnit`: where no title says that they are a minute's. */
export function MinuteFigures({ requestsUnit }: { requestsUnit?: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { traffic } = useSession();
  useNow(1000);
  const { requestsPerMinute, tokensPerSecond, firstTokenMs, inFlight } = traffic.rates();
  return (
    <>
      <Figure label={t('figure.requests')} value={format.count(requestsPerMinute)} unit={requestsUnit} />
      <Figure label={t('figure.tokens')} value={format.rate(tokensPerSecond)} unit={t('figure.perSecond')} />
      <Figure
        label={t('figure.firstToken')}
        value={firstTokenMs === null ? null : format.duration(firstTokenMs)}
      />
      <Figure label={t('figure.inFlight')} value={format.count(inFlight)} />
    </>
  );
}
