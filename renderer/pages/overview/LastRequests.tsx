import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useOperations } from '../../api/session.ts';
import { LinkRow } from '../../components/LinkRow.tsx';
import { recordTone } from '../../components/recordTone.ts';
import { Section } from '../../components/Section.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { useNames } from '../../components/useNames.ts';
import { useFormat } from '../../format/useFormat.ts';
import classes from './LastRequests.module.css';

const shown = 6;

/** The latest requests; a click shows why each went where it went. */
export function LastRequests() {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const page = useQuery(useOperations().records.list.queryOptions({ input: { limit: shown } })).data;

  return (
    <Section
      title={t('overview.lastRequests')}
      action={
        <Link href="/requests" className={classes.all}>
          {t('overview.allRequests')}
        </Link>
      }
    >
      <ul className={classes.rows}>
        {page?.records.map((record) => (
          <li key={record.id}>
            <LinkRow href={`/requests/${record.id}`} className={classes.row}>
              <StateMark tone={recordTone[record.status]} label={t(`record.${record.status}`)} />
              <time className={classes.time} title={format.momentExact(record.time)}>
                {format.stamp(record.time, Date.now())}
              </time>
              <span className={classes.model}>{record.clientModel || record.operation}</span>
              <span className={record.status === 'failed' ? classes.bad : classes.endpoint}>
                {record.status === 'failed' ? record.httpStatus : names.endpoint(record.endpointId)}
              </span>
              <span className={classes.took}>{format.duration(record.totalMs)}</span>
            </LinkRow>
          </li>
        ))}
      </ul>
      {page?.records.length === 0 && <p className={classes.none}>{t('overview.noRequests')}</p>}
    </Section>
  );
}
