import type { Problem } from '../contract/schemas/views.ts';

/** What the user should know or mend, one entry an id. Raising the same id again replaces it and keeps `since`. */
export interface Problems {
  raise(problem: Omit<Problem, 'since'>): void;
  clear(id: string): void;
  list(): Problem[];
}

export function createProblems(deps: { now: () => number; onChange: () => void }): Problems {
  const open = new Map<string, Problem>();
  return {
    raise(problem) {
      const since = open.get(problem.id)?.since ?? deps.now();
      open.set(problem.id, { ...problem, since });
      deps.onChange();
    },
    clear(id) {
      if (open.delete(id)) deps.onChange();
    },
    list: () => [...open.values()],
  };
}
