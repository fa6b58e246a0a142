import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { EndpointView } from '../../../main/contract/schemas/views.ts';
import { EndpointWords } from '../../components/EndpointWords.tsx';
import { endpointName } from '../../components/endpointName.ts';
import { endpointStanding, tightestLimit } from '../../components/endpointStanding.ts';
import { Section } from '../../components/Section.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { UsageBar } from '../../components/UsageBar.tsx';
import { useFormat } from '../../format/useFormat.ts';
import classes from './PoolHealth.module.css';

function Row({ endpoint }: { endpoint: EndpointView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const limit = tightestLimit(endpoint);
  return (
    <li>
      <Link href={`/endpoints/${endpoint.id}`} className={classes.row}>
        <StateMark tone={endpointStanding(endpoint).tone} />
        <span className={classes.name}>{endpointName(endpoint, t)}</span>
        <span className={classes.limit}>
          {limit && endpoint.enabled && (
            <UsageBar
              used={limit.used}
              limit={limit.limit}
              label={t(`limit.used.${limit.kind}`, {
                used: format.exact(limit.used),
                limit: format.exact(limit.limit),
              })}
            />
          )}
        </span>
        <span className={classes.words}>
          <EndpointWords endpoint={endpoint} />
        </span>
      </Link>
    </li>
  );
}

/** One line an endpoint, in the order they are tried. */
export const PoolHealth = memo(function PoolHealth({ endpoints }: { endpoints: readonly EndpointView[] }) {
  const { t } = useTranslation();
  return (
    <Section title={t('overview.health')}>
      <ul className={classes.rows}>
        {endpoints.map((endpoint) => (
          <Row key={endpoint.id} endpoint={endpoint} />
        ))}
      </ul>
    </Section>
  );
});
