// Which names an endpoint serves as they are, by what was written down or by its own list, and which it leaves out.
import { coveredBy, splitRules } from '../contract/modelRules.ts';
import type { CompiledEndpoint } from './snapshot.ts';

type Names = Pick<CompiledEndpoint, 'models' | 'excludedModels'>;

export function compileModels(entries: readonly string[]): Names {
  const { named, excluded } = splitRules(entries);
  return { models: new Set(named), excludedModels: excluded };
}

/** The pattern by which clients do not get the name, or null. What a mapping names is not asked about here: it is served. */
export function leftOutBy({ excludedModels }: Names, name: string): string | null {
  return excludedModels.length === 0 ? null : coveredBy(excludedModels, name);
}

/** `list` is the endpoint's own, null while it is unknown. */
export function servedNames(endpoint: Names, list: Iterable<string> | null): string[] {
  const names = [...(endpoint.models.size > 0 ? endpoint.models : (list ?? []))];
  return names.filter((name) => leftOutBy(endpoint, name) === null);
}
