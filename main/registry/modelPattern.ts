// Model names as users write them in mappings and allow-lists: exact, or `prefix*`.

export function isPattern(name: string): boolean {
  return name.endsWith('*');
}

/** True where the name is `pattern`, or starts with what stands before its `*`. */
export function matchesPattern(pattern: string, name: string): boolean {
  return isPattern(pattern) ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

/** True where any entry of an allow-list covers the name. */
export function isAllowed(allowed: readonly string[], name: string): boolean {
  return allowed.some((pattern) => matchesPattern(pattern, name));
}

/**
 * The upstream name a mapping gives a client's name, or null. An exact entry wins over patterns, the longest prefix over shorter ones.
 * `"claude-*": "anthropic/claude-*"` carries the rest of the name over.
 */
export function mapModel(mapping: Readonly<Record<string, string>>, name: string): string | null {
  if (Object.hasOwn(mapping, name)) return mapping[name] ?? null;
  let best: string | null = null;
  for (const pattern of Object.keys(mapping)) {
    if (
      isPattern(pattern) &&
      matchesPattern(pattern, name) &&
      (best === null || pattern.length > best.length)
    )
      best = pattern;
  }
  if (best === null) return null;
  const target = mapping[best] ?? '';
  return isPattern(target) ? target.slice(0, -1) + name.slice(best.length - 1) : target;
}
