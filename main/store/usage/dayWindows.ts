import { type DayWindow, dayWindow } from '../../base/day.ts';

/** Calendar days of one time zone, remembered: finding a day's bounds is dear, and the same few days are asked for. */
export interface DayWindows {
  /** The day that holds the time (Unix ms). */
  of(time: number): DayWindow;
  /** The day that holds the time and the days before it, oldest first. */
  lastDays(time: number, count: number): DayWindow[];
  /** The hour of the day, 0 to 23, that a time lies in. */
  hourOf(time: number): number;
}

const remembered = 64;

export function createDayWindows(zone: string): DayWindows {
  const windows: DayWindow[] = [];
  const hours = new Intl.DateTimeFormat('en-GB', {
    ...(zone === 'local' ? {} : { timeZone: zone }),
    hour: '2-digit',
    hourCycle: 'h23',
  });

  function of(time: number): DayWindow {
    const known = windows.find((window) => time >= window.startsAt && time < window.endsAt);
    if (known) return known;
    const window = dayWindow(time, zone);
    windows.unshift(window);
    if (windows.length > remembered) windows.pop();
    return window;
  }

  return {
    of,
    lastDays(time, count) {
      const days = [of(time)];
      while (days.length < count) days.unshift(of((days[0] as DayWindow).startsAt - 1));
      return days;
    },
    hourOf: (time) => Number(hours.format(time)),
  };
}
