function refuse(): never {
  throw new TypeError('the configuration in force is frozen; an edit builds a new one');
}

/** Object.freeze leaves a Set's or Map's content open; these take its methods away too. */
function freezeCollection(collection: Set<unknown> | Map<unknown, unknown>): void {
  for (const method of ['add', 'set', 'delete', 'clear'])
    if (method in collection) Object.defineProperty(collection, method, { value: refuse });
  Object.freeze(collection);
}

/** Freezes a tree of plain objects, arrays, Sets and Maps, and returns it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (value instanceof Set || value instanceof Map) {
    const values: Iterable<unknown> = value.values();
    for (const inner of values) deepFreeze(inner);
    freezeCollection(value);
    return value;
  }
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}
