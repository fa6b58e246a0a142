import { useTranslation } from 'react-i18next';
import type { UsageTotals } from '../../../main/contract/schemas/usage.ts';
import { MinuteFigures } from '../../components/MinuteFigures.tsx';
import { TodayFigures } from '../../components/TodayFigures.tsx';
import classes from './Figures.module.css';

/** This minute on the left, today on the right. */
export function Figures({ today }: { today: UsageTotals | undefined }) {
  const { t } = useTranslation();
  return (
    <div className={classes.figures}>
      <FigureGroup title={t('figure.lastMinute')}>
        <MinuteFigures />
      </FigureGroup>
      <FigureGroup title={t('figure.today')}>
        <TodayFigures requestsLabel={t('figure.requests')} today={today} />
      </FigureGroup>
    </div>
  );
}

function FigureGroup({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className={classes.group} aria-label={title}>
      <p className={classes.title}>{title}</p>
      <dl className={classes.row}>{children}</dl>
    </section>
  );
}
