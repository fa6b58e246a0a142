import type { GatewayStatus } from '../../main/contract/schemas/views.ts';
import type { Tone } from './StateMark.tsx';

/** One mark for the whole gateway: switched off is no trouble, a problem is. */
export function gatewayTone(status: GatewayStatus): Tone {
  if (status.state === 'failed') return 'bad';
  if (status.state === 'starting' || status.state === 'stopping') return 'wait';
  if (status.state === 'off') return 'off';
  return 'good';
}
