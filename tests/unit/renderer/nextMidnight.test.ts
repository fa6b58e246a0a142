import { expect, test } from 'vitest';
import { nextMidnight } from '../../../renderer/format/nextMidnight.ts';

test.each([
  ['2026-03-04T10:15:30.250Z', 'UTC', '2026-03-05T00:00:00Z'],
  ['2026-03-04T00:00:00Z', 'UTC', '2026-03-05T00:00:00Z'],
  ['2026-03-04T17:00:00Z', 'Asia/Shanghai', '2026-03-05T16:00:00Z'],
  ['2026-03-04T15:59:59Z', 'Asia/Shanghai', '2026-03-04T16:00:00Z'],
  ['2026-03-04T12:00:00Z', 'Asia/Kathmandu', '2026-03-04T18:15:00Z'],
  // The clock goes forward at 10:00 UTC, back at 9:00 UTC.
  ['2026-03-08T09:00:00Z', 'America/Los_Angeles', '2026-03-09T07:00:00Z'],
  ['2026-03-08T20:00:00Z', 'America/Los_Angeles', '2026-03-09T07:00:00Z'],
  ['2026-11-01T07:30:00Z', 'America/Los_Angeles', '2026-11-02T08:00:00Z'],
  ['2026-11-01T20:00:00Z', 'America/Los_Angeles', '2026-11-02T08:00:00Z'],
])('from %s in %s the day ends at %s', (now, zone, end) => {
  expect(new Date(nextMidnight(Date.parse(now), zone)).toISOString()).toBe(new Date(end).toISOString());
});

test('the local day ends where the calendar says', () => {
  const now = new Date(2026, 4, 6, 21, 40).getTime();
  expect(nextMidnight(now, 'local')).toBe(new Date(2026, 4, 7).getTime());
});
