// Leaves in order: no window, no new requests, running ones get their time, then the process ends. A second wish ends it at once.
import { app, powerMonitor } from 'electron';

export interface Quitting {
  /** True from the first wish on. */
  readonly begun: boolean;
}

/** `drain` must settle; what it rejects with has been logged by itself. */
export function quitDraining(deps: {
  onBegin: () => void;
  drain: (options: { drainMs?: number }) => Promise<void>;
  onEnd: () => void;
  /** Ends the process, now that all is over. */
  leave: () => void;
}): Quitting {
  let begun = false;
  let drained = false;

  app.on('before-quit', (event) => {
    if (drained) return;
    event.preventDefault();
    if (begun) return;
    begun = true;
    deps.onBegin();
    void deps.drain({}).finally(() => {
      drained = true;
      deps.onEnd();
      deps.leave();
    });
  });
  // The system waits for nobody, and holding it up would cancel the user's shutdown. Where another program does cancel it, the rest
  // of this one must not stay behind without its gateway.
  powerMonitor.on('shutdown', () => {
    drained = true;
    if (!begun) void deps.drain({ drainMs: 0 }).finally(deps.leave);
    begun = true;
  });
  return {
    get begun() {
      return begun;
    },
  };
}
