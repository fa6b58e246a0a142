import type { Snapshot } from './snapshot.ts';

/** The one reference to the configuration in force. Readers take `current` once and keep it. */
export interface SnapshotHolder {
  readonly current: Snapshot;
  swap(next: Snapshot): void;
}

export function createSnapshotHolder(first: Snapshot): SnapshotHolder {
  let current = first;
  return {
    get current() {
      return current;
    },
    swap(next) {
      current = next;
    },
  };
}
