import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useOperations, useSession } from '../../api/session.ts';
import { Figure } from '../../components/Figure.tsx';
import { successShare } from '../../components/successShare.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useNow } from '../../format/useNow.ts';
import classes from './TrayFigures.module.css';

/** A dash where there is nothing to say yet. */
const none = '–';

/** This minute, and today below it. */
export function TrayFigures() {
  const { t } = useTranslation();
  const format = useFormat();
  const { traffic } = useSession();
  const { today } =
    useQuery(useOperations().usage.summary.queryOptions({ input: { span: '24h' } })).data ?? {};
  useNow(1000);
  const rates = traffic.rates();
  const share = today ? successShare(today) : null;
  return (
    <>
      <dl className={classes.row} aria-label={t('figure.lastMinute')}>
        <Figure
          label={t('figure.requests')}
          value={format.count(rates.requestsPerMinute)}
          unit={t('tray.perMinute')}
        />
        <Figure
          label={t('figure.tokens')}
          value={format.rate(rates.tokensPerSecond)}
          unit={t('figure.perSecond')}
        />
        <Figure
          label={t('figure.firstToken')}
          value={rates.firstTokenMs === null ? none : format.duration(rates.firstTokenMs)}
        />
        <Figure label={t('figure.inFlight')} value={format.count(rates.inFlight)} />
      </dl>
      <dl className={classes.row} aria-label={t('figure.today')}>
        <Figure
          label={t('figure.today')}
          value={today ? format.count(today.requests) : none}
          exact={today && format.exact(today.requests)}
        />
        <Figure label={t('figure.success')} value={share === null ? none : format.percent(share)} />
        <Figure
          label={t('figure.tokens')}
          value={today ? format.short(today.inputTokens + today.outputTokens) : none}
          exact={
            today &&
            t('figure.tokensExact', {
              input: format.exact(today.inputTokens),
              output: format.exact(today.outputTokens),
            })
          }
        />
        <Figure
          label={t('figure.cost')}
          value={today ? format.usd(today.costUsd) : none}
          exact={today && format.usdExact(today.costUsd)}
        />
      </dl>
    </>
  );
}
