import { randomBytes } from 'node:crypto';
import type { Platform } from '../platform.ts';
import { type Vault, VaultError } from '../store/vault.ts';

const adminTokenRef = 'admin-token';

/** Token for `/control` and the dashboard: given by the environment, else made once and kept in the vault. */
export async function adminTokenOf(
  platform: Pick<Platform, 'adminToken' | 'showOnce'>,
  vault: Vault,
): Promise<string> {
  if (platform.adminToken !== null) return platform.adminToken;
  const made = `sluice-admin-${randomBytes(24).toString('base64url')}`;
  let kept: string | null;
  try {
    kept = await vault.get(adminTokenRef);
    if (kept === null) await vault.set(adminTokenRef, made);
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    // The kept token can't be read now and must not be replaced: another one serves until the next start.
    platform.showOnce?.('Admin token for the dashboard (until the next start)', made);
    return made;
  }
  if (kept !== null) return kept;
  platform.showOnce?.('Admin token for the dashboard (shown once)', made);
  return made;
}
