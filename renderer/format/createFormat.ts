// Writes numbers and times as people say them, by locale. Pure: the moment "now" is always handed in.

/** The no-break space between a number and its unit. */
const space = '\u00a0';

export interface Format {
  /** Whole where it is read as a count (1,204), short above ten thousand. */
  count(value: number): string;
  /** Short from a thousand on: 1.2 k, 3.4 M; 1.2万 in Chinese. */
  short(value: number): string;
  /** With all its digits, for the hover. */
  exact(value: number): string;
  /** A rate: one decimal below ten. */
  rate(value: number): string;
  percent(share: number): string;
  usd(value: number): string;
  /** Of a single request: two digits of what is below a cent. */
  usdFine(value: number): string;
  usdExact(value: number): string;
  /** Milliseconds as a duration: 42 ms, 0.41 s, 12.3 s, 3:05 min. */
  duration(ms: number): string;
  /** A whole timeout as it stands in the settings: 10 s, 2 min. */
  clock(time: number): string;
  clockSeconds(time: number): string;
  /** When an entry of a list was: the time to the second today, else day and time. */
  stamp(time: number, now: number): string;
  /** Mar 3, Mar 3, 2027: the day alone, with its year where it is not this one. */
  day(time: number, now: number): string;
  /** today 21:40, yesterday 09:12, Mar 3, 09:12. */
  moment(time: number, now: number): string;
  momentExact(time: number): string;
  /** 5 min ago. */
  ago(time: number, now: number): string;
  /** 0:42 until then; the moment itself when it is over an hour away. */
  countdown(time: number, now: number): string;
  dayMonth(time: number): string;
  /** A bucket's length as it follows "per": minute, 15 min, day. */
  bucket(ms: number): string;
}

const units: readonly (readonly [unit: string, length: number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

/** Sets the unit letter of a compact number apart and lower-cases English "K". */
function joinCompact(parts: Intl.NumberFormatPart[], english: boolean): string {
  return parts
    .map((part) => {
      if (part.type !== 'compact' || !english) return part.value;
      return `${space}${part.value === 'K' ? 'k' : part.value}`;
    })
    .join('');
}

export function createFormat(locale: string): Format {
  const english = !locale.startsWith('zh');
  const numbers = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
  const dates = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { hourCycle: 'h23', ...options });

  const whole = numbers({ maximumFractionDigits: 0 });
  const precise = numbers({ maximumFractionDigits: 6 });
  const oneDecimal = numbers({ maximumFractionDigits: 1 });
  const compact = numbers({ notation: 'compact', maximumFractionDigits: 1 });
  const percents = numbers({ style: 'percent', maximumFractionDigits: 1 });
  const money = numbers({ style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' });
  const moneyFine = numbers({
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumSignificantDigits: 2,
  });
  const moneyExact = numbers({
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 6,
  });
  const seconds = numbers({ maximumFractionDigits: 1 });
  const hundredths = numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const clock = dates({ hour: '2-digit', minute: '2-digit' });
  const clockSeconds = dates({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const dayMonth = dates({ month: 'short', day: 'numeric' });
  const stampDay = english ? dayMonth : dates({ month: 'numeric', day: 'numeric' });
  const dayYear = dates({ year: 'numeric', month: 'short', day: 'numeric' });
  const full = dates({ dateStyle: 'medium', timeStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });

  const short = (value: number) => {
    if (Math.abs(value) < 1000) return oneDecimal.format(value);
    return joinCompact(compact.formatToParts(value), english);
  };

  function day(time: number, now: number): string {
    const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
    return (sameYear ? dayMonth : dayYear).format(time);
  }

  function dayWord(days: number): string {
    return relative.format(days, 'day');
  }

  function moment(time: number, now: number): string {
    const days = Math.round((startOfDay(time) - startOfDay(now)) / 86_400_000);
    if (Math.abs(days) <= 1) return `${dayWord(days)} ${clock.format(time)}`;
    return `${day(time, now)} ${clock.format(time)}`;
  }

  function usd(value: number): string {
    if (value > 0 && value < 0.01) return `<${money.format(0.01)}`;
    return value < 10_000 ? money.format(value) : `$${short(value)}`;
  }

  return {
    count: (value) => (Math.abs(value) < 10_000 ? whole.format(value) : short(value)),
    short,
    exact: (value) => precise.format(value),
    rate: (value) => (value < 10 ? oneDecimal.format(value) : short(Math.round(value))),
    percent: (share) => percents.format(share === 1 ? 1 : Math.min(share, 0.999)),
    usd,
    usdFine(value) {
      if (value === 0 || value >= 0.01) return usd(value);
      return value < 0.0001 ? `<${moneyFine.format(0.0001)}` : moneyFine.format(value);
    },
    usdExact: (value) => moneyExact.format(value),
    duration(ms) {
      if (ms < 100) return `${Math.round(ms)}${space}ms`;
      if (ms < 10_000) return `${hundredths.format(ms / 1000)}${space}s`;
      if (ms < 60_000) return `${seconds.format(ms / 1000)}${space}s`;
      const total = Math.round(ms / 1000);
      return `${Math.floor(total / 60)}:${String(total % 60).padStart(2, '0')}${space}min`;
    },
    clock: (time) => clock.format(time),
    clockSeconds: (time) => clockSeconds.format(time),
    stamp(time, now) {
      if (startOfDay(time) === startOfDay(now)) return clockSeconds.format(time);
      return `${stampDay.format(time)} ${clock.format(time)}`;
    },
    day,
    moment,
    momentExact: (time) => full.format(time),
    ago(time, now) {
      const past = Math.max(0, now - time);
      if (past < 60_000) return relative.format(-Math.round(past / 1000), 'second');
      if (past < 3_600_000) return relative.format(-Math.round(past / 60_000), 'minute');
      if (past < 86_400_000 && startOfDay(time) === startOfDay(now))
        return relative.format(-Math.round(past / 3_600_000), 'hour');
      return moment(time, now);
    },
    countdown(time, now) {
      const left = Math.max(0, Math.ceil((time - now) / 1000));
      if (left >= 3600) return moment(time, now);
      return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    },
    dayMonth: (time) => dayMonth.format(time),
    bucket(ms) {
      const [unit, length] = units.find(([, length]) => ms % length === 0) ?? ['second', 1000];
      const amount = ms / length;
      const written = numbers({ style: 'unit', unit, unitDisplay: amount === 1 ? 'long' : 'short' });
      if (amount !== 1) return written.format(amount);
      return written
        .formatToParts(1)
        .filter((part) => part.type === 'unit')
        .map((part) => part.value)
        .join('');
    },
  };
}
