export interface Change {
  direction: 'up' | 'down' | 'same';
  /** Rounded to what is worth telling. */
  amount: number;
  /** `times`: so many times as much, where a percentage would be a long number. */
  unit: 'percent' | 'points' | 'times';
}

const longestPercent = 1000;

/** `value` to two digits that mean something: 0.42, 3.8, 12, 340. */
function rounded(value: number): number {
  if (value >= 10) return Math.round(value);
  return Number(value.toPrecision(value >= 1 ? 2 : 1));
}

/**
 * What became of a number. Null where one of the two is not known, or where there was nothing before: a percentage of nothing
 * says nothing. `points`: both are shares (0..1), and their difference in percentage points is meant.
 */
export function changeOf(current: number | null, before: number | null, points = false): Change | null {
  if (current === null || before === null) return null;
  if (!points && before <= 0) return null;
  const difference = points ? (current - before) * 100 : (current / before - 1) * 100;
  const direction = difference > 0 ? 'up' : 'down';
  if (points) {
    const amount = rounded(Math.abs(difference));
    return amount < 0.05
      ? { direction: 'same', amount: 0, unit: 'points' }
      : { direction, amount, unit: 'points' };
  }
  if (difference >= longestPercent) return { direction, amount: rounded(current / before), unit: 'times' };
  const amount = Math.round(Math.abs(difference));
  return amount === 0
    ? { direction: 'same', amount, unit: 'percent' }
    : { direction, amount, unit: 'percent' };
}
