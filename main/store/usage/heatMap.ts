// Which hours of which days were busy. From the roll-ups that are not broken down, so that it costs the same whatever was asked for.
import type { Database } from 'better-sqlite3';
import type { HeatHour, HeatMap } from '../../contract/schemas/usage.ts';
import type { DayWindows } from './dayWindows.ts';
import { readByStart } from './readSums.ts';

const daysShown = 30;

/** A map without any data. */
export function emptyHeatMap(now: number, days: DayWindows): HeatMap {
  return { days: days.lastDays(now, daysShown).map(({ day }) => ({ day, hours: [] })) };
}

export function drawHeatMap(db: Database, query: { now: number }, days: DayWindows): HeatMap {
  const windows = days.lastDays(query.now, daysShown);
  const byDay = new Map(windows.map(({ day }) => [day, new Map<number, HeatHour>()]));
  const [from, end] = [windows[0]?.startsAt ?? query.now, windows.at(-1)?.endsAt ?? query.now];
  for (const sums of readByStart(db, 'hour', from, end)) {
    if (sums.requests === 0) continue;
    const hours = byDay.get(days.of(sums.start).day);
    const hour = days.hourOf(sums.start);
    // In autumn one hour of the day comes twice.
    const twin = hours?.get(hour);
    hours?.set(hour, {
      hour,
      requests: sums.requests + (twin?.requests ?? 0),
      errors: sums.errors + (twin?.errors ?? 0),
      inputTokens: sums.input + (twin?.inputTokens ?? 0),
      outputTokens: sums.output + (twin?.outputTokens ?? 0),
      costUsd: sums.cost + (twin?.costUsd ?? 0),
    });
  }
  return { days: [...byDay].map(([day, hours]) => ({ day, hours: [...hours.values()] })) };
}
