import { Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { GatewayStatus } from '../../../main/contract/schemas/views.ts';
import { useOperations } from '../../api/session.ts';
import { addressOf } from '../../components/addressOf.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { SpendingLine } from '../../components/spending/SpendingLine.tsx';
import { SpendingMenu } from '../../components/spending/SpendingMenu.tsx';
import classes from './GatewayHead.module.css';

/** Is it on, and what do I paste. `quiet`: something else is the primary action now. */
export function GatewayHead({ status, quiet }: { status: GatewayStatus | undefined; quiet: boolean }) {
  const { t } = useTranslation();
  const { gateway } = useOperations();
  const start = useMutation(gateway.start.mutationOptions());
  const stop = useMutation(gateway.stop.mutationOptions());
  const changing = start.isPending || stop.isPending;
  const on = status?.state === 'on' || status?.state === 'starting';

  return (
    <div className={classes.head}>
      <div className={classes.state}>
        <h1>{status ? t(`gateway.title.${status.state}`) : t('nav.overview')}</h1>
        {status && (
          <Switch
            size="md"
            aria-label={t('gateway.switch')}
            checked={start.isPending || (on && !stop.isPending)}
            disabled={changing}
            onChange={(event) =>
              event.currentTarget.checked ? start.mutate(undefined) : stop.mutate(undefined)
            }
          />
        )}
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
