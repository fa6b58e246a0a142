import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointView } from '../../../main/contract/schemas/views.ts';
import { EndpointLine } from '../../components/EndpointLine.tsx';
import { EndpointWords } from '../../components/EndpointWords.tsx';
import { tightestLimit } from '../../components/endpointStanding.ts';
import { LimitBar } from '../../components/LimitBar.tsx';
import { Section } from '../../components/Section.tsx';
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
