import { useTranslation } from 'react-i18next';
import type { UsageTotals } from '../../../main/contract/schemas/usage.ts';
import { useSession } from '../../api/session.ts';
import { Figure } from '../../components/Figure.tsx';
import { successShare } from '../../components/successShare.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useNow } from '../../format/useNow.ts';
import classes from './Figures.module.css';

/** A dash where there is nothing to say yet. */
const none = '–';

/** This minute on the left, today on the right. */
export function Figures({ today }: { today: UsageTotals | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { traffic } = useSession();
  useNow(1000);
  const rates = traffic.rates();
  const share = today ? successShare(today) : null;
  const tokens = today ? today.inputTokens + today.outputTokens : null;

  function costExact(totals: UsageTotals): string {
    const amount = format.usdExact(totals.costUsd);
    return totals.unpriced > 0 ? t('figure.costUnpriced', { amount, count: totals.unpriced }) : amount;
  }

  return (
    <div className={classes.figures}>
      <FigureGroup title={t('figure.lastMinute')}>
        <Figure label={t('figure.requests')} value={format.count(rates.requestsPerMinute)} />
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
      </FigureGroup>
      <FigureGroup title={t('figure.today')}>
        <Figure
          label={t('figure.requests')}
          value={today ? format.count(today.requests) : none}
          exact={today && format.exact(today.requests)}
        />
        <Figure label={t('figure.success')} value={share === null ? none : format.percent(share)} />
        <Figure
          label={t('figure.tokens')}
          value={tokens === null ? none : format.short(tokens)}
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
          exact={today && costExact(today)}
        />
      </FigureGroup>
    </div>
  );
}

function FigureGroup({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className={classes.group} aria-label={title}>
      <p className={classes.title}>{title}</p>
      <dl className={classes.row}>{children}</dl>
    </section>
  );
}
