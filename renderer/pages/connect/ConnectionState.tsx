import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { failureWords } from '../../components/failureWords.ts';
import { Mark } from '../../components/Mark.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import classes from './ConnectionState.module.css';
import type { Connection } from './connection.ts';

interface Props {
  name: string;
  connection: Connection | null;
  models: number;
}

/** What we wait for, or what came of it. Its place is always there, so nothing moves when a request arrives. */
export function ConnectionState({ name, connection, models }: Props) {
  const { t } = useTranslation();
  const state = connection?.state;
  return (
    <div className={classes.state} data-state={state} role="status">
      {connection?.state === 'connected' && (
        <>
          <StateMark tone="good" />
          <p>{t('connect.connected', { client: name, count: models })}</p>
        </>
      )}
      {connection?.state === 'waiting' && (
        <>
          <Mark size={18} flowing />
          <p>{t('connect.waiting', { client: name })}</p>
        </>
      )}
      {connection?.state === 'failed' && (
        <>
          <StateMark tone="bad" />
          <p>
            {t('connect.failed', {
              reason:
                failureWords(connection.record.errorCode, t) ??
                connection.record.errorMessage ??
                String(connection.record.httpStatus),
            })}
          </p>
          <Button size="xs" variant="default" component={Link} href={`/requests/${connection.record.id}`}>
            {t('action.look')}
          </Button>
        </>
      )}
      {connection?.state === 'closed' && (
        <>
          <StateMark tone="off" />
          <p>{t('connect.closed')}</p>
          <Button size="xs" variant="default" component={Link} href="/keys">
            {t('action.look')}
          </Button>
        </>
      )}
      {connection?.state === 'new' && (
        <>
          <StateMark tone="off" />
          <p>{t('connect.new')}</p>
        </>
      )}
    </div>
  );
}
