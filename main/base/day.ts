// Calendar days in a time zone, without "+24 h": days of 23 and 25 hours are whole days.

export interface DayWindow {
  /** `YYYY-MM-DD` in the zone. */
  readonly day: string;
  /** Unix milliseconds at which the day began and the next one begins. */
  readonly startsAt: number;
  readonly endsAt: number;
}

/** The millisecond in (low, high] from which on `isLater` holds; it must not hold at `low`. */
function firstMoment(low: number, high: number, isLater: (time: number) => boolean): number {
  let before = low;
  let after = high;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (isLater(middle)) after = middle;
    else before = middle;
  }
  return after;
}

/** No calendar day is longer than 26 hours, whatever the clocks do. */
const longestDay = 26 * 3_600_000;

/** The calendar day that holds `now` (Unix ms) in an IANA zone, or in the system's for `local`. Costs some 60 formattings: keep the answer. */
export function dayWindow(now: number, zone: string): DayWindow {
  const format = new Intl.DateTimeFormat('en-CA', {
    ...(zone === 'local' ? {} : { timeZone: zone }),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const day = format.format(now);
  return {
    day,
    startsAt: firstMoment(now - longestDay, now, (time) => format.format(time) >= day),
    endsAt: firstMoment(now, now + longestDay, (time) => format.format(time) > day),
  };
}
