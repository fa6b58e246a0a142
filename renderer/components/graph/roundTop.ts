/**
 * The next round number at or above a value, with a round half; 0 for nothing. The scale's top, so that it does not twitch.
 * `least` is 2 for counts, whose half is to be one too.
 */
export function roundTop(value: number, least = 2): number {
  if (value <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 4, 6, 8, 10].find((candidate) => value <= candidate * power) ?? 10;
  return Math.max(least, step * power);
}
