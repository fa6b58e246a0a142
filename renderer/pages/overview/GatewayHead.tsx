import { useTranslation } from 'react-i18next';
import type { GatewayStatus } from '../../../main/contract/schemas/views.ts';
import { useAway } from '../../api/useAway.ts';
import { GatewayAddress } from '../../components/GatewayAddress.tsx';
import { GatewaySwitch } from '../../components/GatewaySwitch.tsx';
import { SpendingLine } from '../../components/spending/SpendingLine.tsx';
import { SpendingMenu } from '../../components/spending/SpendingMenu.tsx';
import classes from './GatewayHead.module.css';

/** Is it on, and what do I paste. `quiet`: something else is the primary action now. */
export function GatewayHead({ status, quiet }: { status: GatewayStatus | undefined; quiet: boolean }) {
  const { t } = useTranslation();
  const away = useAway();
  const state = away ? 'away' : status?.state;

  return (
    <div className={classes.head}>
      <div className={classes.state}>
        <h1>{state ? t(`gateway.title.${state}`) : t('nav.overview')}</h1>
        {status && !away && <GatewaySwitch status={status} size="md" />}
        <div className={classes.spending}>
          <SpendingMenu />
        </div>
      </div>
      <div className={classes.address}>{status && <GatewayAddress status={status} quiet={quiet} />}</div>
      <SpendingLine />
    </div>
  );
}
