import type { GatewayStatus } from '../contract/schemas/views.ts';
import type { Vault } from './vault.ts';

/**
 * The vault in use, with its state. It can change while the program runs: a locked keychain opens,
 * or the user chooses the encrypted file instead.
 */
export interface VaultHolder extends Vault {
  status(): GatewayStatus['vault'];
  /** Asks the keychain again. */
  retry(): Promise<void>;
  /** Opens or makes the encrypted file vault and moves over what was only in memory. Throws VaultError `wrong-passphrase`. */
  openFile(passphrase: string): Promise<void>;
}
