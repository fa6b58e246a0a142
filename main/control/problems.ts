import type { Problem } from '../contract/schemas/views.ts';

/** What the user should know or mend, one entry an id. Raising the same id again replaces it and keeps `since`. */
export interface Problems {
  raise(problem: Omit<Problem, 'since'>): void;
  clear(id: string): void;
  /** For a part that tells its trouble in words, and null when it is over. */
  follow(id: string, code: Problem['code']): (trouble: string | null) => void;
  list(): Problem[];
}

export function createProblems(deps: { now: () => number; onChange: () => void }): Problems {
  const open = new Map<string, Problem>();
  function raise(problem: Omit<Problem, 'since'>): void {
    const since = open.get(problem.id)?.since ?? deps.now();
    open.set(problem.id, { ...problem, since });
    deps.onChange();
  }
  function clear(id: string): void {
    if (open.delete(id)) deps.onChange();
  }
  return {
    raise,
    clear,
    follow: (id, code) => (trouble) =>
      trouble === null ? clear(id) : raise({ id, code, message: trouble, details: {} }),
    list: () => [...open.values()],
  };
}
