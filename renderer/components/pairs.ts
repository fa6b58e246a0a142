/** A row of two texts: a mapping, a header. */
export interface Pair {
  from: string;
  to: string;
}

export function pairsOf(record: Readonly<Record<string, string>>): Pair[] {
  return Object.entries(record).map(([from, to]) => ({ from, to }));
}

/** Rows that are not filled in yet are left out. */
export function recordOf(pairs: readonly Pair[]): Record<string, string> {
  const filled = pairs
    .map(({ from, to }) => ({ from: from.trim(), to: to.trim() }))
    .filter(({ from, to }) => from && to);
  return Object.fromEntries(filled.map(({ from, to }) => [from, to]));
}
