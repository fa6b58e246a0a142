const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** The fields of `after` that say otherwise than `before`, each of them whole. */
export function otherFields<T extends object>(before: T, after: T): Partial<T> {
  const fields = Object.entries(after).filter(([name, value]) => !same(value, before[name as keyof T]));
  return Object.fromEntries(fields) as Partial<T>;
}

/**
 * What a form changed of what it began with: only that is saved, so that what was changed elsewhere meanwhile stays. Lists and
 * tables count whole, limits one by one.
 */
export function changedFields<T extends { limits: object }>(
  before: T,
  after: T,
): Partial<Omit<T, 'limits'>> & { limits?: Partial<T['limits']> } {
  const { limits: limitsBefore, ...plainBefore } = before;
  const { limits: limitsAfter, ...plainAfter } = after;
  const limits = otherFields<T['limits']>(limitsBefore, limitsAfter);
  const plain = otherFields<Omit<T, 'limits'>>(plainBefore, plainAfter);
  return { ...plain, ...(Object.keys(limits).length > 0 ? { limits } : {}) };
}
