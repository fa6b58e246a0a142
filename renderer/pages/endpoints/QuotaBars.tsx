import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../../main/contract/schemas/views.ts';
import { type LimitKind, limitKinds } from '../../components/endpointStanding.ts';
import { LimitBar } from '../../components/LimitBar.tsx';
import { useFormat } from '../../format/useFormat.ts';
import { useNow } from '../../format/useNow.ts';
import { forecastOf, type QuotaDay } from './forecast.ts';
import classes from './QuotaBars.module.css';
import type { AccountPace } from './useAccountPace.ts';

interface Props {
  account: AccountView;
  day: QuotaDay;
  pace: AccountPace | null;
}

/** A bar for each limit that is set, and for those of a day how long they will last; without any, what was used today. */
export function QuotaBars({ account, day, pace }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const limited = limitKinds.filter((kind) => account.effectiveLimits[kind] > 0);
  if (limited.length === 0) {
    return (
      <div className={classes.numbers}>
        {t('accounts.today', {
          count: account.usage.rpd,
          requests: format.count(account.usage.rpd),
          tokens: format.short(account.usage.tpd),
        })}
      </div>
    );
  }
  return (
    <div className={classes.limits}>
      {limited.map((kind) => {
        const used = account.usage[kind];
        const limit = account.effectiveLimits[kind];
        return (
          <div key={kind} className={classes.limit}>
            <span className={classes.numbers}>
              {format.short(used)} / {format.short(limit)} {t(`limit.short.${kind}`)}
            </span>
            <LimitBar kind={kind} used={used} limit={limit} />
            {(kind === 'rpd' || kind === 'tpd') && (
              <ForecastWords kind={kind} account={account} day={day} pace={pace} />
            )}
          </div>
        );
      })}
    </div>
  );
}

function ForecastWords({ kind, account, day, pace }: Props & { kind: Extract<LimitKind, 'rpd' | 'tpd'> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(60_000);
  const used = account.usage[kind];
  const lately = Math.min(used, (kind === 'rpd' ? pace?.requests : pace?.tokens) ?? 0);
  const forecast = forecastOf({ used, limit: account.effectiveLimits[kind], lately }, day, now);
  const reset = format.clock(day.endsAt);
  const words = {
    'used-up': () => t('forecast.usedUp', { reset }),
    nothing: () => t('forecast.resets', { reset }),
    lasts: () => t('forecast.lasts', { reset }),
    until: () =>
      t('forecast.until', { time: forecast.says === 'until' ? format.clock(forecast.time) : '', reset }),
  }[forecast.says];
  return (
    <span
      className={classes.forecast}
      data-short={forecast.says === 'until' || undefined}
      title={t('forecast.basis', { reset: format.momentExact(day.endsAt) })}
    >
      {words()}
    </span>
  );
}
