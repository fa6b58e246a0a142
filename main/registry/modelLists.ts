/** What endpoints with an empty `models` answered when asked for their list. Runtime state: it outlives edits, not the process. */
export interface ModelLists {
  get(endpointId: string): readonly string[] | null;
  set(endpointId: string, models: readonly string[]): void;
  forget(endpointId: string): void;
}

export function createModelLists(): ModelLists {
  const lists = new Map<string, readonly string[]>();
  return {
    get: (endpointId) => lists.get(endpointId) ?? null,
    set: (endpointId, models) => void lists.set(endpointId, Object.freeze([...new Set(models)])),
    forget: (endpointId) => void lists.delete(endpointId),
  };
}
