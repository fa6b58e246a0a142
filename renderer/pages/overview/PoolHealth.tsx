import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { EndpointView } from '../../../main/contract/schemas/views.ts';
import { EndpointLine } from '../../components/EndpointLine.tsx';
import { EndpointWords } from '../../components/EndpointWords.tsx';
import { tightestLimit } from '../../components/endpointStanding.ts';
import { LimitBar } from '../../components/LimitBar.tsx';
import { Section } from '../../components/Section.tsx';
import { worstFirst } from '../../components/worstFirst.ts';
import classes from './PoolHealth.module.css';

function Row({ endpoint }: { endpoint: EndpointView }) {
  const limit = tightestLimit(endpoint);
  return (
    <li>
      <EndpointLine endpoint={endpoint} className={classes.row}>
        <span className={classes.limit}>{limit && endpoint.enabled && <LimitBar {...limit} />}</span>
        <span className={classes.words}>
          <EndpointWords endpoint={endpoint} />
        </span>
      </EndpointLine>
    </li>
  );
}

/** More than these push the rest of the page away. */
const most = 12;

/** One line an endpoint, in the order they are tried; of many only those that most need to be looked at. */
export const PoolHealth = memo(function PoolHealth({ endpoints }: { endpoints: readonly EndpointView[] }) {
  const { t } = useTranslation();
  const many = endpoints.length > most;
  const shown = many ? worstFirst(endpoints).slice(0, most) : endpoints;
  return (
    <Section
      title={t('overview.health')}
      action={
        many && (
          <Link href="/endpoints" className={classes.all}>
            {t('overview.allEndpoints', { count: endpoints.length })}
          </Link>
        )
      }
    >
      <ul className={classes.rows}>
        {shown.map((endpoint) => (
          <Row key={endpoint.id} endpoint={endpoint} />
        ))}
      </ul>
    </Section>
  );
});
