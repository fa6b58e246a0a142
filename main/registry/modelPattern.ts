// Client names as users write them in mappings: exact, or `prefix*`. The lists of keys and endpoints are in contract/modelRules.ts.

export function isPattern(name: string): boolean {
  return name.endsWith('*');
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
      name.startsWith(pattern.slice(0, -1)) &&
      (best === null || pattern.length > best.length)
    )
      best = pattern;
  }
  if (best === null) return null;
  const target = mapping[best] ?? '';
  return isPattern(target) ? target.slice(0, -1) + name.slice(best.length - 1) : target;
}
