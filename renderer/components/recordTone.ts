import type { RequestRecord } from '../../main/contract/schemas/record.ts';
import type { Tone } from './StateMark.tsx';

export const recordTone: Record<RequestRecord['status'], Tone> = {
  ok: 'good',
  failed: 'bad',
  cut: 'wait',
  cancelled: 'off',
};
