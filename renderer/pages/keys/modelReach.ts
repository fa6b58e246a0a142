// What a list of names and patterns reaches of the catalogue, and which patterns are worth offering. Pure.
import { coversModel, isAllowed, isExclusion, ruleProblem } from '../../../main/contract/modelRules.ts';

export interface ModelReach {
  /** How many models the list reaches. */
  reached: number;
  total: number;
  /** Names and patterns that reach nothing now. */
  idle: string[];
}

/** An empty list reaches everything. */
export function modelReach(names: readonly string[], catalogue: readonly string[]): ModelReach {
  const reached = names.length === 0 ? catalogue : catalogue.filter((id) => isAllowed(names, id));
  return {
    reached: reached.length,
    total: catalogue.length,
    idle: names.filter((name) => {
      const pattern = isExclusion(name) ? name.slice(1) : name;
      return ruleProblem(name) === null && !catalogue.some((id) => coversModel(pattern, id));
    }),
  };
}

/** `gpt-*` where several names begin so: the family, and the maker before a slash. */
export function modelPatterns(catalogue: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const id of catalogue) {
    const start = /^[^-/]+[-/]/.exec(id)?.[0];
    if (start) counts.set(start, (counts.get(start) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > 1)
    .map(([start]) => `${start}*`)
    .sort();
}
