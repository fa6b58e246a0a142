import { memo } from 'react';
import { useFormat } from '../../format/useFormat.ts';
import classes from './HeatMap.module.css';
import type { HeatDay } from './heatDays.ts';
import { type Measure, useMeasureWords } from './measure.ts';

const hours = Array.from({ length: 24 }, (_, hour) => hour);
/** Hours and days that are named at the edge. */
const everyHours = 6;
const everyDays = 7;
/** A label hangs out to the left of its day: the first days have no room for one. */
const labelDays = 3;

interface Props {
  days: readonly HeatDay[];
  measure: Measure;
  nameOf(time: number, hour: number): string;
  onPoint(day: number, hour: number): void;
}

/** The cells: an hour of the day a row, a day a column, today last. Drawn again only when their numbers change. */
export const HeatCells = memo(function HeatCells({ days, measure, nameOf, onPoint }: Props) {
  const format = useFormat();
  const words = useMeasureWords();
  const last = days.length - 1;

  return (
    <tbody>
      {hours.map((hour) => (
        <tr key={hour}>
          <th scope="row" className={classes.hour}>
            {hour % everyHours === 0 ? String(hour).padStart(2, '0') : ''}
          </th>
          {days.map(({ day, time, hours: cells }, index) => {
            const cell = cells[hour];
            return (
              <td
                key={day}
                className={classes.cell}
                data-cell={`${index}-${hour}`}
                data-level={cell?.level ?? 0}
                // One stop for the Tab key; arrows go on from there.
                tabIndex={index === last && hour === 0 ? 0 : -1}
                aria-label={`${nameOf(time, hour)}: ${words.exact(measure, cell?.value ?? 0)}`}
                onPointerEnter={() => onPoint(index, hour)}
                onFocus={() => onPoint(index, hour)}
              />
            );
          })}
        </tr>
      ))}
      <tr>
        <td />
        {days.map(({ day, time }, index) => (
          <td key={day} className={classes.day}>
            {index >= labelDays && (last - index) % everyDays === 0 && <span>{format.dayMonth(time)}</span>}
          </td>
        ))}
      </tr>
    </tbody>
  );
});
