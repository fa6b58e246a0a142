import { VaultError } from '../../store/vault.ts';
import { InputInvalidError } from '../controlErrors.ts';
import type { ControlDeps } from '../deps.ts';
import type { ControlImplementer } from '../implementer.ts';

/** Whoever changes the vault looks every secret up again afterwards: accounts that were locked come back without a restart. */
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
    changePassphrase: os.vault.changePassphrase.handler(async ({ input }) => {
      try {
        await deps.vault.changePassphrase(input.current, input.next);
      } catch (error) {
        if (error instanceof VaultError && error.reason === 'wrong-passphrase')
          throw new InputInvalidError('current', error.message);
        throw error;
      }
      return deps.lifecycle.status();
    }),
    useKeychain: os.vault.useKeychain.handler(async () => {
      await deps.vault.useKeychain();
      await deps.config.reload();
      return deps.lifecycle.status();
    }),
  };
}
