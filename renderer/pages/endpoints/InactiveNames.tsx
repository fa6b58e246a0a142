import { useTranslation } from 'react-i18next';
import type { EndpointView } from '../../../main/contract/schemas/views.ts';
import { endpointName } from '../../components/endpointName.ts';
import classes from './EndpointDetail.module.css';

/** Names of the settings that the endpoint can't serve now, what it said about them, and what to do. */
export function InactiveNames({ endpoint }: { endpoint: EndpointView }) {
  const { t } = useTranslation();
  const { inactive } = endpoint;
  if (inactive.length === 0) return null;
  const said = new Set(inactive.flatMap(({ reason }) => reason ?? []));
  const name = endpoint.kind === 'ondemand' ? t('kind.ondemand') : endpointName(endpoint, t);
  return (
    <>
      <dt>{t('inactive.title')}</dt>
      <dd>
        <p>{t('inactive.note', { name, count: inactive.length })}</p>
        <ul className={classes.models}>
          {inactive.map((entry) => (
            <li key={entry.name}>
              <code className={classes.quiet} title={entry.upstreamModel}>
                {entry.name}
              </code>
            </li>
          ))}
        </ul>
        {[...said].map((words) => (
          <q key={words} className={classes.quiet}>
            {words}
          </q>
        ))}
      </dd>
    </>
  );
}
