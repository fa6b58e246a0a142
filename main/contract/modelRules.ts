// Lists of models as client keys and endpoints write them: a name, a pattern such as `gpt-*`, or either behind a `!` for what is left out.

export function isExclusion(entry: string): boolean {
  return entry.startsWith('!');
}

/** The names and patterns that let in, and those that leave out, each without its `!`. */
export function splitRules(entries: readonly string[]): { named: string[]; excluded: string[] } {
  return {
    named: entries.filter((entry) => !isExclusion(entry)),
    excluded: entries.filter(isExclusion).map((entry) => entry.slice(1)),
  };
}

/** True where the name is `pattern`; each `*` in it stands for any run of characters, also for none. */
export function coversModel(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === name;
  const end = name.length - last.length;
  if (end < first.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** The first of the patterns that covers the name; null where none does. */
export function coveredBy(patterns: readonly string[], name: string): string | null {
  return patterns.find((pattern) => coversModel(pattern, name)) ?? null;
}

/**
 * Whether a client key's list reaches the name. What is left out stays out, wherever it stands in the list; a list that only
 * leaves out reaches everything else, and an empty one nothing.
 */
export function isAllowed(entries: readonly string[], name: string): boolean {
  let named = false;
  let allowed = false;
  for (const entry of entries) {
    if (isExclusion(entry)) {
      if (coversModel(entry.slice(1), name)) return false;
      continue;
    }
    named = true;
    allowed ||= coversModel(entry, name);
  }
  return named ? allowed : entries.length > 0;
}

/** What is wrong with an entry, or null. */
export function ruleProblem(entry: string): string | null {
  if (!isExclusion(entry)) return null;
  const pattern = entry.slice(1);
  if (pattern.trim() === '')
    return 'leaves out nothing: write a name or pattern behind the "!", such as "!gpt-4o*"';
  if (/^[!\s]/.test(pattern)) return 'must have the name right behind one "!", such as "!gpt-4o*"';
  if (/^\*+$/.test(pattern)) return 'leaves out every model; switch it off instead';
  return null;
}
