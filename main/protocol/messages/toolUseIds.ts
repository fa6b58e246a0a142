// Anthropic wants ids of ^[a-zA-Z0-9_-]{1,64}$, no two calls of a conversation with the same. Other providers' ids are longer,
// hold dots and colons, or begin anew with each turn. The same history always gives the same ids, or its cache would be lost.

const maxLength = 64;

export interface ToolUseIds {
  /** The id for one more call; results that follow mean this one. */
  forCall(id: string): string;
  /** The id of the call a result answers. */
  forResult(id: string): string;
}

export function createToolUseIds(): ToolUseIds {
  const latest = new Map<string, string>();
  const used = new Set<string>();

  const clean = (id: string): string => id.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, maxLength) || 'toolu';

  return {
    forCall(id) {
      const base = clean(id);
      let unique = base;
      for (let count = 2; used.has(unique); count++) {
        const suffix = `_${count}`;
        unique = base.slice(0, maxLength - suffix.length) + suffix;
      }
      used.add(unique);
      latest.set(id, unique);
      return unique;
    },
    forResult: (id) => latest.get(id) ?? clean(id),
  };
}
