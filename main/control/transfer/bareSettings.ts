import type { Settings } from '../../contract/schemas/settings.ts';
import { secretSpots } from '../../registry/secretSpots.ts';

/**
 * The settings without any secret, and without references to a vault that only this machine has. Client keys are nothing
 * without theirs, and are left out; names of environment variables stay.
 */
export function bareSettings(settings: Settings): Settings {
  const bare = { ...structuredClone(settings), clientKeys: [] };
  for (const { secret, remove } of secretSpots(bare))
    if (typeof secret === 'string' || !('env' in secret)) remove();
  return bare;
}
