import { useTranslation } from 'react-i18next';
import type { GatewayStatus } from '../../../main/contract/schemas/views.ts';
import { addressOf } from '../../components/addressOf.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { GatewaySwitch } from '../../components/GatewaySwitch.tsx';
import { SpendingLine } from '../../components/spending/SpendingLine.tsx';
import { SpendingMenu } from '../../components/spending/SpendingMenu.tsx';
import classes from './GatewayHead.module.css';

/** Is it on, and what do I paste. `quiet`: something else is the primary action now. */
export function GatewayHead({ status, quiet }: { status: GatewayStatus | undefined; quiet: boolean }) {
  const { t } = useTranslation();

  return (
    <div className={classes.head}>
      <div className={classes.state}>
        <h1>{status ? t(`gateway.title.${status.state}`) : t('nav.overview')}</h1>
        {status && <GatewaySwitch status={status} size="md" />}
        <div className={classes.spending}>
          <SpendingMenu />
        </div>
      </div>
      <div className={classes.address}>
        {status && (
          <>
            <code className={status.state === 'on' ? classes.url : classes.urlOff}>{addressOf(status)}</code>
            <CopyButton
              text={addressOf(status)}
              label={t('copy.address')}
              variant={quiet ? 'default' : 'filled'}
            />
          </>
        )}
      </div>
      <SpendingLine />
    </div>
  );
}
