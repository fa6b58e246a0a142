import type { ModelRoute } from '../../../main/contract/schemas/models.ts';
import type { Tone } from '../../components/StateMark.tsx';

const tones: Record<ModelRoute['state'], Tone> = {
  ready: 'good',
  last: 'wait',
  waiting: 'wait',
  down: 'bad',
  off: 'off',
};

/** A model that is not active there may still be asked for, but will hardly answer. */
export function routeTone({ state, inactive }: Pick<ModelRoute, 'state' | 'inactive'>): Tone {
  return inactive && state !== 'off' ? 'bad' : tones[state];
}
