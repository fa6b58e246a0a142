import type { HeatMap } from '../../../main/contract/schemas/usage.ts';
import { noonOf } from '../../format/noonOf.ts';
import { type Measure, measureOf } from './measure.ts';

export interface HeatCell {
  value: number;
  errors: number;
  /** 0 nothing, 1 to 4 more and more. */
  level: number;
}

export interface HeatDay {
  day: string;
  /** `noonOf` the day. */
  time: number;
  /** 24, by hour. */
  hours: HeatCell[];
}

const topLevel = 4;

/** All hours of all days with how strongly each is to be drawn. The root keeps one busy hour from paling all others. */
export function heatDays({ days }: HeatMap, measure: Measure): HeatDay[] {
  const most = Math.max(0, ...days.flatMap(({ hours }) => hours.map((hour) => measureOf(hour, measure))));
  return days.map(({ day, hours }) => {
    const cells: HeatCell[] = Array.from({ length: 24 }, () => ({ value: 0, errors: 0, level: 0 }));
    for (const entry of hours) {
      const value = measureOf(entry, measure);
      const level = value > 0 ? Math.ceil(Math.sqrt(value / most) * topLevel) : 0;
      cells[entry.hour] = { value, errors: entry.errors, level };
    }
    return { day, time: noonOf(day), hours: cells };
  });
}
