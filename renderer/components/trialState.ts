// What is known of a request of the window while it runs. Pure: events in, the picture out.
import type { RequestRecord } from '../../main/contract/schemas/record.ts';
import type { TrialEvent } from '../../main/contract/schemas/trial.ts';

export interface TrialState {
  phase: 'idle' | 'running' | 'done' | 'failed' | 'cancelled';
  recordId: string | null;
  reasoning: string;
  text: string;
  calls: readonly { name: string; arguments: string }[];
  /** Milliseconds from the start to the first words, as the window saw it; the record's own is better once there. */
  firstMs: number | null;
  /** The whole answer as a client would have got it. */
  body: string | null;
  record: RequestRecord | null;
  /** Of a failure; `status` null where the gateway itself could not be reached. */
  failure: { status: number | null; message: string } | null;
}

export const idleTrial: TrialState = {
  phase: 'idle',
  recordId: null,
  reasoning: '',
  text: '',
  calls: [],
  firstMs: null,
  body: null,
  record: null,
  failure: null,
};

export const runningTrial: TrialState = { ...idleTrial, phase: 'running' };

/** `elapsedMs` since the request was sent. */
export function afterEvent(state: TrialState, event: TrialEvent, elapsedMs: number): TrialState {
  const firstMs = state.firstMs ?? elapsedMs;
  switch (event.type) {
    case 'started':
      return { ...state, recordId: event.recordId };
    case 'text':
      return { ...state, firstMs, text: state.text + event.text };
    case 'reasoning':
      return { ...state, firstMs, reasoning: state.reasoning + event.text };
    case 'toolCall':
      return { ...state, firstMs, calls: [...state.calls, event] };
    case 'done':
      return { ...state, phase: 'done', record: event.record, body: event.body };
    case 'failed': {
      const { status, message, record } = event;
      return { ...state, phase: 'failed', record, failure: { status, message } };
    }
  }
}
