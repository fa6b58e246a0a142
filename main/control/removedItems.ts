// Remembers for a short while how to put back what was removed. The secrets in it never leave this process's memory.
import { NotFoundError } from './controlErrors.ts';
import type { PutBack } from './putBack.ts';

/** Longer than a notice stands, shorter than anyone would think a deleted key lives. */
const undoMs = 120_000;
const most = 50;

export interface RemovedItems {
  /** Answers what `restore` wants to hear. */
  keep(putBack: PutBack): string;
  /** Throws NotFoundError when it is too late, and what the put-back throws. */
  restore(undo: string): Promise<void>;
}

export function createRemovedItems(config: { edit(change: PutBack): Promise<unknown> }): RemovedItems {
  const kept = new Map<string, { putBack: PutBack; timer: NodeJS.Timeout }>();

  function drop(undo: string): void {
    clearTimeout(kept.get(undo)?.timer);
    kept.delete(undo);
  }

  return {
    keep(putBack) {
      const undo = crypto.randomUUID();
      kept.set(undo, { putBack, timer: setTimeout(() => kept.delete(undo), undoMs).unref() });
      const oldest = kept.keys().next().value;
      if (kept.size > most && oldest !== undefined) drop(oldest);
      return undo;
    },
    async restore(undo) {
      const entry = kept.get(undo);
      if (!entry) throw new NotFoundError('It is too late to put this back.');
      await config.edit(entry.putBack);
      drop(undo);
    },
  };
}
