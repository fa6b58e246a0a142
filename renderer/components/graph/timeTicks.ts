import type { SeriesPoint } from '../../../main/contract/schemas/usage.ts';

const minute = 60;
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720].map((count) => count * minute);

/** Moments (Unix s) at round local hours between two others that are a day or less apart, about `wanted` of them. */
export function timeTicks(fromSec: number, toSec: number, wanted = 6): number[] {
  const step = steps.find((candidate) => (toSec - fromSec) / candidate <= wanted + 1) ?? 720 * minute;
  const midnight = new Date(fromSec * 1000).setHours(0, 0, 0, 0) / 1000;
  const result: number[] = [];
  for (let at = midnight; at <= toSec; at += step) if (at >= fromSec) result.push(at);
  return result;
}

/** The beginnings (Unix s) of about `wanted` of the days that points are, the last one among them; none where they are no days. */
export function dayTicks(
  points: readonly Pick<SeriesPoint, 'time' | 'day'>[],
  wanted = 6,
): { at: number; day: string }[] {
  const every = Math.ceil(points.length / wanted);
  return points.flatMap(({ time, day }, index) =>
    day !== undefined && (points.length - 1 - index) % every === 0 ? [{ at: time / 1000, day }] : [],
  );
}
