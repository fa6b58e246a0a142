import { describe, expect, it } from 'vitest';
import { dayWindow } from '../../../main/base/day.ts';

const hour = 3_600_000;

describe('dayWindow', () => {
  it('knows the short and the long day of a zone with daylight saving', () => {
    const short = dayWindow(Date.UTC(2026, 2, 8, 20), 'America/Los_Angeles');
    expect(short).toEqual({
      day: '2026-03-08',
      startsAt: Date.UTC(2026, 2, 8, 8),
      endsAt: Date.UTC(2026, 2, 9, 7),
    });
    expect(short.endsAt - short.startsAt).toBe(23 * hour);
    const long = dayWindow(Date.UTC(2026, 10, 1, 8, 30), 'America/Los_Angeles');
    expect(long.day).toBe('2026-11-01');
    expect(long.endsAt - long.startsAt).toBe(25 * hour);
  });

  it('puts the last millisecond into the old day and the next into the new one', () => {
    const { endsAt } = dayWindow(Date.UTC(2026, 5, 1), 'Asia/Shanghai');
    expect(dayWindow(endsAt - 1, 'Asia/Shanghai').endsAt).toBe(endsAt);
    expect(dayWindow(endsAt, 'Asia/Shanghai').startsAt).toBe(endsAt);
  });

  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kolkata', 'UTC', 'local'])(
    'holds the moment in %s',
    (zone) => {
      const now = Date.UTC(2026, 6, 4, 23, 59, 59, 999);
      const { startsAt, endsAt } = dayWindow(now, zone);
      expect(startsAt).toBeLessThanOrEqual(now);
      expect(endsAt).toBeGreaterThan(now);
    },
  );
});
