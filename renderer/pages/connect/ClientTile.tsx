import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ClientKeyView } from '../../../main/contract/schemas/views.ts';
import { Ago } from '../../components/Ago.tsx';
import { StateMark, type Tone } from '../../components/StateMark.tsx';
import classes from './ClientTile.module.css';
import type { KnownClient } from './clients.ts';
import { clientTitle } from './clientTitle.ts';
import type { Connection } from './connection.ts';
import { useConnection } from './useConnection.ts';

const tones: Record<Connection['state'], Tone> = {
  new: 'off',
  closed: 'off',
  waiting: 'wait',
  failed: 'bad',
  connected: 'good',
};

/** One client and how far it has come. */
export function ClientTile({
  client,
  clientKey,
}: {
  client: KnownClient;
  clientKey: ClientKeyView | null | undefined;
}) {
  const { t } = useTranslation();
  const { connection } = useConnection(clientKey);
  const state = connection?.state ?? 'new';
  return (
    <Link href={`/connect/${client.id}`} className={classes.tile} data-state={state}>
      <span className={classes.name}>{clientTitle(client, t)}</span>
      <span className={classes.state}>
        {state === 'new' ? (
          <span>
            {t(client.link ? 'connect.byLink' : client.lines ? 'connect.byLines' : 'connect.byForm')}
          </span>
        ) : (
          <>
            <StateMark tone={tones[state]} />
            <span>{t(`connect.tile.${state}`)}</span>
            {state === 'connected' && clientKey?.lastUsedAt && (
              <span className={classes.when}>
                <Ago time={clientKey.lastUsedAt} />
              </span>
            )}
          </>
        )}
      </span>
    </Link>
  );
}
