import type { Snapshot } from './snapshot.ts';

/** The one reference to the configuration in force. Readers take `current` once and keep it. */
export interface SnapshotHolder {
  readonly current: Snapshot;
  swap(next: Snapshot): void;
  /** Called after each swap. Returns the function that ends it. */
  onSwap(listener: (next: Snapshot, before: Snapshot) => void): () => void;
}

export function createSnapshotHolder(first: Snapshot): SnapshotHolder {
  const listeners = new Set<(next: Snapshot, before: Snapshot) => void>();
  let current = first;
  return {
    get current() {
      return current;
    },
    swap(next) {
      const before = current;
      current = next;
      for (const listener of listeners) listener(next, before);
    },
    onSwap(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
