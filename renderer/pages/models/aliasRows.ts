// Which of an endpoint's mappings concern one name, and what an edit of them comes to. Pure.
import { type Pair, pairsOf, recordOf } from '../../components/pairs.ts';

const covers = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;

/** The mappings that catch the name, and those that lead to the same model: its aliases. */
export function aliasRows(
  mapping: Readonly<Record<string, string>>,
  name: string,
  upstreamModel: string | null,
): Pair[] {
  return pairsOf(mapping).filter(({ from, to }) => covers(from, name) || to === upstreamModel);
}

/** What has to be set, and taken out (null), to get from the rows as they were to the rows as they are. */
export function aliasChanges(before: readonly Pair[], after: readonly Pair[]): Record<string, string | null> {
  const [was, is] = [new Map(Object.entries(recordOf(before))), new Map(Object.entries(recordOf(after)))];
  const changes = new Map<string, string | null>();
  for (const name of was.keys()) if (!is.has(name)) changes.set(name, null);
  for (const [name, upstreamModel] of is)
    if (was.get(name) !== upstreamModel) changes.set(name, upstreamModel);
  return Object.fromEntries(changes);
}

/** A row that was just added already says where it leads. */
export function withTarget(rows: Pair[], upstreamModel: string): Pair[] {
  return rows.map((row) => (row.from === '' && row.to === '' ? { ...row, to: upstreamModel } : row));
}
