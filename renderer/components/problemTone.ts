import type { Problem } from '../../main/contract/schemas/views.ts';
import type { Tone } from './StateMark.tsx';

/** What keeps requests from being served or recorded is bad; the rest waits for a moment of quiet. */
export const problemTone: Record<Problem['code'], Tone> = {
  'settings-invalid': 'bad',
  'settings-unwritable': 'bad',
  'vault-locked': 'bad',
  'vault-unavailable': 'bad',
  'vault-memory': 'wait',
  'port-taken': 'bad',
  offline: 'wait',
  'usage-store': 'bad',
  'limits-not-shared': 'wait',
  exposed: 'wait',
  'secret-missing': 'bad',
  'origin-waiting': 'wait',
};
