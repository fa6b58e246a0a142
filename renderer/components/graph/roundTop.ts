/** The next round number at or above a count, with a round half; 0 for nothing. The scale's top, so that it does not twitch. */
export function roundTop(value: number): number {
  if (value <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 4, 6, 8, 10].find((candidate) => value <= candidate * power) ?? 10;
  return Math.max(2, step * power);
}
