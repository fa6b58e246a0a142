import { ActionIcon } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { GatewayStatus } from '../../../main/contract/schemas/views.ts';
import { useAway } from '../../api/useAway.ts';
import { GatewayAddress } from '../../components/GatewayAddress.tsx';
import { GatewaySwitch } from '../../components/GatewaySwitch.tsx';
import { later } from '../../components/later.ts';
import { Mark } from '../../components/Mark.tsx';
import { SpendingLine } from '../../components/spending/SpendingLine.tsx';
import classes from './TrayHead.module.css';

// What opens floats, and floating is heavy: it comes after the first paint, into a place that is kept.
const SpendingMenu = later(
  async () => (await import('../../components/spending/SpendingMenu.tsx')).SpendingMenu,
);
const TrayMenu = later(async () => (await import('./TrayMenu.tsx')).TrayMenu);

/** Is it on, and what do I paste. `quiet`: something else is the primary action now. */
export function TrayHead({ status, quiet }: { status: GatewayStatus | undefined; quiet: boolean }) {
  const { t } = useTranslation();
  const away = useAway();

  return (
    <header>
      <div className={classes.name}>
        <Mark size={20} />
        <h1>Sluice</h1>
        {away && <span className={classes.state}>{t('feed.reconnecting')}</span>}
        {status && !away && (
          <>
            <span className={classes.state}>{t(`gateway.${status.state}`)}</span>
            <GatewaySwitch status={status} />
          </>
        )}
        <Suspense
          fallback={
            <ActionIcon aria-label={t('tray.more')} disabled>
              <IconDots size={16} />
            </ActionIcon>
          }
        >
          <TrayMenu />
        </Suspense>
      </div>
      <div className={classes.address}>
        {status && <GatewayAddress status={status} quiet={quiet} size="xs" />}
      </div>
      <div className={classes.spending}>
        <Suspense fallback={null}>
          <SpendingMenu />
        </Suspense>
      </div>
      <SpendingLine />
    </header>
  );
}
