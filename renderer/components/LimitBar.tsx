import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat.ts';
import type { LimitUse } from './endpointStanding.ts';
import { UsageBar } from './UsageBar.tsx';

/** How much of one of the five limits is used up, e.g. "12 of 60 requests per minute" to who asks it. */
export function LimitBar({ kind, used, limit }: LimitUse) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <UsageBar
      used={used}
      limit={limit}
      label={t(`limit.used.${kind}`, { used: format.exact(used), limit: format.exact(limit) })}
    />
  );
}
