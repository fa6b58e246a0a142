import type { ControlDeps } from '../deps.ts';
import type { ControlImplementer } from '../implementer.ts';

/** Both look every secret up again afterwards: accounts that were locked come back without a restart. */
export function vaultHandlers(os: ControlImplementer, deps: ControlDeps) {
  return {
    openFile: os.vault.openFile.handler(async ({ input }) => {
      await deps.vault.openFile(input.passphrase);
      await deps.config.reload();
      return deps.lifecycle.status();
    }),
    retry: os.vault.retry.handler(async () => {
      await deps.vault.retry();
      await deps.config.reload();
      return deps.lifecycle.status();
    }),
  };
}
