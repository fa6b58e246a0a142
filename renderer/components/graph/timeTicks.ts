/** Moments (Unix s) at round local hours or days between two others, about `wanted` of them. */
export function timeTicks(fromSec: number, toSec: number, wanted = 6): number[] {
  const minute = 60;
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720].map((count) => count * minute);
  const span = toSec - fromSec;
  const day = 86_400;
  const step = steps.find((candidate) => span / candidate <= wanted + 1);
  const result: number[] = [];
  if (step) {
    const midnight = new Date(fromSec * 1000).setHours(0, 0, 0, 0) / 1000;
    for (let at = midnight; at <= toSec; at += step) if (at >= fromSec) result.push(at);
    return result;
  }
  const everyDays = [1, 2, 5, 7, 14].find((count) => span / (count * day) <= wanted + 1) ?? 30;
  const date = new Date(toSec * 1000);
  date.setHours(0, 0, 0, 0);
  while (date.getTime() / 1000 >= fromSec) {
    result.unshift(date.getTime() / 1000);
    // Whole calendar days, so that a change of the clock does not move the tick off midnight.
    date.setDate(date.getDate() - everyDays);
  }
  return result;
}
