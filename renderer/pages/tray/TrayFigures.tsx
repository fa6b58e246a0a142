import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useOperations } from '../../api/session.ts';
import { MinuteFigures } from '../../components/MinuteFigures.tsx';
import { TodayFigures } from '../../components/TodayFigures.tsx';
import classes from './TrayFigures.module.css';

/** This minute, and today below it. */
export function TrayFigures() {
  const { t } = useTranslation();
  const summary = useQuery(useOperations().usage.summary.queryOptions({ input: { span: '24h' } })).data;
  return (
    <>
      <dl className={classes.row} aria-label={t('figure.lastMinute')}>
        <MinuteFigures requestsUnit={t('tray.perMinute')} />
      </dl>
      <dl className={classes.row} aria-label={t('figure.today')}>
        <TodayFigures requestsLabel={t('figure.today')} today={summary?.today} />
      </dl>
    </>
  );
}
