import { z } from 'zod';
import type { Settings } from '../../contract/schemas/settings.ts';
import { secretSpots, vaultRefOf } from '../../registry/secretSpots.ts';
import { deriveKeys, type ScryptCost, sealedBoxSchema, sealText } from '../../store/sealedBox.ts';
import type { Vault } from '../../store/vault.ts';
import { bareSettings } from './bareSettings.ts';

/** A file of settings with their secrets. What it holds, apart from the box, tells people what it is. */
export const sealedFileSchema = z.object({
  sluice: z.literal('sealed settings'),
  version: z.literal(1),
  box: sealedBoxSchema,
});

/** A copy in which secrets of the vault stand in clear; those it does not have are left out. Throws VaultError while it is locked. */
async function withSecrets(settings: Settings, vault: Vault): Promise<Settings> {
  const copy = structuredClone(settings);
  for (const spot of secretSpots(copy)) {
    const ref = vaultRefOf(spot.secret);
    if (ref === null) continue;
    const secret = await vault.get(ref);
    if (secret === null) spot.remove();
    else spot.replace(secret);
  }
  return copy;
}

const asText = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;

/** The file's text: bare without a passphrase, whole and sealed with one. */
export async function exportSettings(
  settings: Settings,
  options: { passphrase: string | null; vault: Vault; cost?: ScryptCost },
): Promise<string> {
  if (options.passphrase === null) return asText(bareSettings(settings));
  const whole = await withSecrets(settings, options.vault);
  const keys = await deriveKeys(options.passphrase, { cost: options.cost });
  const file: z.output<typeof sealedFileSchema> = {
    sluice: 'sealed settings',
    version: 1,
    box: sealText(JSON.stringify(whole), keys),
  };
  return asText(file);
}
