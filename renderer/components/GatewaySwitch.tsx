import { Switch, type SwitchProps } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { GatewayStatus } from '../../main/contract/schemas/views.ts';
import { useOperations } from '../api/session.ts';

/** The gateway on and off. While it changes it shows what was asked for, and can't be pressed. */
export function GatewaySwitch({ status, size }: { status: GatewayStatus } & Pick<SwitchProps, 'size'>) {
  const { t } = useTranslation();
  const { gateway } = useOperations();
  const queryClient = useQueryClient();
  const queryKey = gateway.status.queryKey();
  /** The answer counts before the switch can be pressed again; one that is still to come may be older. */
  async function onSuccess(now: GatewayStatus) {
    await queryClient.cancelQueries({ queryKey });
    queryClient.setQueryData(queryKey, now);
  }
  const start = useMutation(gateway.start.mutationOptions({ onSuccess }));
  const stop = useMutation(gateway.stop.mutationOptions({ onSuccess }));
  const on = status.state === 'on' || status.state === 'starting';

  return (
    <Switch
      {...(size ? { size } : {})}
      aria-label={t('gateway.switch')}
      checked={start.isPending || (on && !stop.isPending)}
      disabled={start.isPending || stop.isPending}
      onChange={(event) => (event.currentTarget.checked ? start.mutate(undefined) : stop.mutate(undefined))}
    />
  );
}
