import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, memo, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeatMap as HeatMapView } from '../../../main/contract/schemas/usage.ts';
import { useOperations } from '../../api/session.ts';
import { Section } from '../../components/Section.tsx';
import { useFormat } from '../../format/useFormat.ts';
import { HeatCells } from './HeatCells.tsx';
import classes from './HeatMap.module.css';
import { heatDays } from './heatDays.ts';
import { MeasureSwitch } from './MeasureSwitch.tsx';
import { type Measure, useMeasureWords } from './measure.ts';

const none: HeatMapView = { days: [] };
const levels = [0, 1, 2, 3, 4];
const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;

/** Hours of the day by days: when this gateway is busy. The line below names the hour under the pointer or the keyboard. */
export const HeatMap = memo(function HeatMap() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useMeasureWords();
  const [measure, setMeasure] = useState<Measure>('requests');
  const [at, setAt] = useState<{ day: number; hour: number } | null>(null);
  const grid = useRef<HTMLTableElement>(null);
  const view = useQuery(useOperations().usage.heatMap.queryOptions()).data ?? none;
  const days = useMemo(() => heatDays(view, measure), [view, measure]);
  const cell = at && days[at.day]?.hours[at.hour];

  const point = useCallback((day: number, hour: number) => setAt({ day, hour }), []);
  const nameOf = useCallback(
    (time: number, hour: number) => `${format.dayMonth(time)}, ${clock(hour)}–${clock((hour + 1) % 24)}`,
    [format],
  );

  function walk(event: KeyboardEvent) {
    const steps: Record<string, [days: number, hours: number]> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const step = steps[event.key];
    if (!step || !at) return;
    event.preventDefault();
    const day = Math.min(days.length - 1, Math.max(0, at.day + step[0]));
    const hour = Math.min(23, Math.max(0, at.hour + step[1]));
    grid.current?.querySelector<HTMLElement>(`[data-cell="${day}-${hour}"]`)?.focus();
  }

  return (
    <Section
      title={t('heat.title')}
      action={<MeasureSwitch label={t('heat.measure')} value={measure} onChange={setMeasure} />}
    >
      <table
        ref={grid}
        className={classes.map}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are walked with the arrow keys
        role="grid"
        aria-label={t('heat.label')}
        onKeyDown={walk}
        onPointerLeave={() => setAt(null)}
      >
        <HeatCells days={days} measure={measure} nameOf={nameOf} onPoint={point} />
      </table>
      <div className={classes.foot}>
        <p className={classes.reading}>
          {cell && at ? (
            <>
              {nameOf(days[at.day]?.time ?? 0, at.hour)}
              <b>{words.exact(measure, cell.value)}</b>
              {cell.errors > 0 && (
                <span className={classes.errors}>{t('breakdown.errors', { count: cell.errors })}</span>
              )}
            </>
          ) : (
            t('heat.hint')
          )}
        </p>
        <p className={classes.scale} aria-hidden="true">
          {t('heat.less')}
          {levels.map((level) => (
            <span key={level} className={classes.cell} data-level={level} />
          ))}
          {t('heat.more')}
        </p>
      </div>
    </Section>
  );
});
