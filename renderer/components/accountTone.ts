import type { AccountState } from '../../main/contract/schemas/views.ts';
import type { Tone } from './StateMark.tsx';

/** What comes back by itself waits; what needs a hand is bad. */
export const accountTone: Record<AccountState, Tone> = {
  ready: 'good',
  cooling: 'wait',
  open: 'wait',
  limited: 'wait',
  refused: 'bad',
  exhausted: 'bad',
  locked: 'bad',
  missing: 'bad',
  off: 'off',
};
