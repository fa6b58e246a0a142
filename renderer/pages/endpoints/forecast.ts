// When a daily limit will be used up at the pace of the last hour. Pure; honest where there is no pace.
export interface QuotaUse {
  used: number;
  /** N > 0. */
  limit: number;
  /** Used within the last hour, or since the day began where that is less than an hour ago. */
  lately: number;
}

/** Unix ms. */
export interface QuotaDay {
  startsAt: number;
  endsAt: number;
}

export type Forecast =
  | { says: 'used-up' }
  /** Nothing went through lately, or too little of the day is over to tell. */
  | { says: 'nothing' }
  | { says: 'lasts' }
  /** Rounded to five minutes: no pace is known to the minute. */
  | { says: 'until'; time: number };

const hour = 3_600_000;
const leastMs = 5 * 60_000;

export function forecastOf({ used, limit, lately }: QuotaUse, day: QuotaDay, now: number): Forecast {
  if (used >= limit) return { says: 'used-up' };
  const span = Math.min(hour, now - day.startsAt);
  if (lately <= 0 || span < leastMs) return { says: 'nothing' };
  const time = now + ((limit - used) / lately) * span;
  if (time >= day.endsAt) return { says: 'lasts' };
  return { says: 'until', time: Math.floor(time / leastMs) * leastMs };
}
