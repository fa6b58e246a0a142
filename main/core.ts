import type { Settings } from './contract/schemas/settings.ts';
import type { Lifecycle } from './control/lifecycle.ts';
import type { LiveBus } from './control/liveBus.ts';
import type { ControlRouter } from './control/router.ts';
import type { Platform } from './platform.ts';

/** The running program behind either shell. */
export interface Core {
  /** Every operation of the contract, for whatever carrier the shell has. */
  readonly router: ControlRouter;
  readonly lifecycle: Lifecycle;
  readonly liveBus: LiveBus;
  settings(): Settings;
  /** Stops the gateway (draining), writes everything down, closes the files. */
  close(options?: { drainMs?: number }): Promise<void>;
}

/** The composition root: the only place where the parts meet. */
export async function createCore(_platform: Platform): Promise<Core> {
  throw new Error('not composed yet');
}
