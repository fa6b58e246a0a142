import { useTranslation } from 'react-i18next';
import type { ClientKeyView } from '../../../main/contract/schemas/views.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useNow } from '../../format/useNow.ts';
import classes from './KeyRow.module.css';
import { keyExpiry } from './keyExpiry.ts';

/** Until when a key is good; said louder in its last days. Nothing where it never ends. */
export function KeyExpiryWords({ clientKey }: { clientKey: ClientKeyView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(60_000);
  const expiry = keyExpiry(clientKey.expiresAt, now);
  if (expiry.state === 'never') return null;
  const exact = format.momentExact(expiry.time);
  if (expiry.state === 'over')
    return (
      <span className={classes.over} title={exact}>
        {t('keys.expired')}
      </span>
    );
  if (expiry.state === 'near')
    return (
      <span className={classes.near} title={exact}>
        {expiry.days > 0
          ? t('keys.expiresIn', { count: expiry.days })
          : t('keys.expiresAt', { when: format.moment(expiry.time, now) })}
      </span>
    );
  return (
    <span className={classes.quiet} title={exact}>
      {t('keys.expires', { when: format.day(expiry.time, now) })}
    </span>
  );
}
