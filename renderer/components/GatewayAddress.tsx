import { useTranslation } from 'react-i18next';
import type { GatewayStatus } from '../../main/contract/schemas/views.ts';
import { addressOf } from './addressOf.ts';
import { CopyButton } from './CopyButton.tsx';
import classes from './GatewayAddress.module.css';

interface Props {
  status: GatewayStatus;
  /** Something else is the primary action now. */
  quiet: boolean;
  size?: 'xs' | 'sm';
}

/** What clients are given, to read and to copy. */
export function GatewayAddress({ status, quiet, size = 'sm' }: Props) {
  const { t } = useTranslation();
  const address = addressOf(status);
  return (
    <>
      <code className={classes.address} data-off={status.state !== 'on' || undefined}>
        {address}
      </code>
      <CopyButton
        text={address}
        label={t('copy.address')}
        variant={quiet ? 'default' : 'filled'}
        size={size}
      />
    </>
  );
}
