import { Button, Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { EndpointView } from '../../../main/contract/schemas/views.ts';
import { useOperations } from '../../api/session.ts';
import { EndpointLine } from '../../components/EndpointLine.tsx';
import { EndpointWords } from '../../components/EndpointWords.tsx';
import { endpointName } from '../../components/endpointName.ts';
import { endpointStanding, type LimitUse, tightestLimit } from '../../components/endpointStanding.ts';
import { LimitBar } from '../../components/LimitBar.tsx';
import { useFormat } from '../../format/useFormat.ts';
import classes from './PoolRow.module.css';

/** One endpoint: how it stands, how much of its quota is left, and what mends it. */
export function PoolRow({ endpoint }: { endpoint: EndpointView }) {
  const { t } = useTranslation();
  const name = endpointName(endpoint, t);
  const { tone } = endpointStanding(endpoint);
  // While it has trouble, that is what the line is for.
  const limit = tone === 'good' ? tightestLimit(endpoint) : null;
  return (
    <li className={classes.row}>
      <EndpointLine endpoint={endpoint} className={classes.place}>
        {limit ? (
          <Quota limit={limit} resetsAt={endpoint.quotaDay.endsAt} />
        ) : (
          <span className={classes.words}>
            <EndpointWords endpoint={endpoint} />
          </span>
        )}
      </EndpointLine>
      <Mend endpoint={endpoint} name={name} />
    </li>
  );
}

function Quota({ limit, resetsAt }: { limit: LimitUse; resetsAt: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const daily = limit.kind === 'rpd' || limit.kind === 'tpd';
  return (
    <span className={classes.quota}>
      <span className={classes.bar}>
        <LimitBar {...limit} />
      </span>
      <span className={classes.words}>
        {daily ? t('forecast.resets', { reset: format.clock(resetsAt) }) : t(`limit.short.${limit.kind}`)}
      </span>
    </span>
  );
}

/** What only waits comes back by itself; the row leads to it all the same. */
function Mend({ endpoint, name }: { endpoint: EndpointView; name: string }) {
  const { t } = useTranslation();
  const operations = useOperations();
  const update = useMutation(operations.endpoints.update.mutationOptions());
  const clear = useMutation(operations.accounts.clear.mutationOptions());
  const { tone, trouble } = endpointStanding(endpoint);
  if (!endpoint.enabled) {
    return (
      <Switch
        aria-label={t('endpoints.switch', { name })}
        checked={update.isPending}
        disabled={update.isPending}
        onChange={() => update.mutate({ id: endpoint.id, patch: { enabled: true } })}
      />
    );
  }
  // Credit that was bought meanwhile is found by asking again; a refused or missing key wants another one.
  if (trouble?.state === 'exhausted') {
    return (
      <Button
        size="xs"
        variant="default"
        aria-label={`${t('action.tryAgain')}: ${name}`}
        loading={clear.isPending}
        onClick={() => clear.mutate({ id: endpoint.id, accountId: trouble.id })}
      >
        {t('action.tryAgain')}
      </Button>
    );
  }
  if (tone !== 'bad' && !isBroken(trouble?.state)) return null;
  return (
    <Button
      size="xs"
      variant="default"
      aria-label={`${t('action.look')}: ${name}`}
      component={Link}
      href={`/endpoints/${endpoint.id}`}
    >
      {t('action.look')}
    </Button>
  );
}

function isBroken(state: string | undefined): boolean {
  return state === 'refused' || state === 'locked' || state === 'missing';
}
