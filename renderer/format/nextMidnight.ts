const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** When the calendar day that `now` (Unix ms) belongs to ends in a time zone; `local` is the zone of this machine. */
export function nextMidnight(now: number, timeZone: string): number {
  const clock = new Intl.DateTimeFormat('en', {
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
    ...(timeZone === 'local' ? {} : { timeZone }),
  });
  const sinceMidnight = (time: number): number => {
    const parts = clock.formatToParts(time);
    const read = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
    return (read('hour') * 3600 + read('minute') * 60 + read('second')) * 1000;
  };
  const second = Math.floor(now / 1000) * 1000;
  const next = second - sinceMidnight(second) + dayMs;
  // A day on which the clock is changed is an hour longer or shorter.
  const off = sinceMidnight(next);
  return off > dayMs / 2 ? next + dayMs - off : off > 0 && off <= 2 * hourMs ? next - off : next;
}
