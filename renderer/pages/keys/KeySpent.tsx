import { useTranslation } from 'react-i18next';
import type { ClientKeyView } from '../../../main/contract/schemas/views.ts';
import { limitKinds } from '../../components/endpointStanding.ts';
import { UsageBar } from '../../components/UsageBar.tsx';
import { useFormat } from '../../format/useFormat.ts';
import classes from './KeyRow.module.css';

/** The budget and the limits that are set, else what was spent today. */
export function KeySpent({ clientKey }: { clientKey: ClientKeyView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { usage, limits, budgetUsdPerDay: budget, spentUsdToday, requestsToday } = clientKey;
  const limited = limitKinds.filter((kind) => limits[kind] > 0);
  return (
    <span className={classes.spent}>
      {budget !== null ? (
        <span className={classes.limit}>
          <span>{t('keys.ofBudget', { spent: format.usd(spentUsdToday), budget: format.usd(budget) })}</span>
          {budget > 0 && (
            <UsageBar
              used={spentUsdToday}
              limit={budget}
              label={t('keys.ofBudget', {
                spent: format.usdExact(spentUsdToday),
                budget: format.usdExact(budget),
              })}
            />
          )}
        </span>
      ) : (
        limited.length === 0 && (
          <>
            <span>{t('keys.today', { count: requestsToday, requests: format.count(requestsToday) })}</span>
            <span className={classes.quiet}>{t('keys.spent', { cost: format.usd(spentUsdToday) })}</span>
          </>
        )
      )}
      {limited.map((kind) => (
        <span key={kind} className={classes.limit}>
          <span>
            {format.short(usage[kind])} / {format.short(limits[kind])} {t(`limit.short.${kind}`)}
          </span>
          <UsageBar
            used={usage[kind]}
            limit={limits[kind]}
            label={t(`limit.used.${kind}`, {
              used: format.exact(usage[kind]),
              limit: format.exact(limits[kind]),
            })}
          />
        </span>
      ))}
    </span>
  );
}
