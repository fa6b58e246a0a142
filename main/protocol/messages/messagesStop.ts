import type { FinishReason } from '../hub/turnResult.ts';

const reasons: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  pause_turn: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'toolCalls',
  refusal: 'contentFilter',
};

/** `called`: the answer holds tool calls; some servers say `end_turn` all the same. */
export function readStopReason(reason: string, called: boolean): FinishReason {
  const finish = reasons[reason] ?? 'stop';
  return finish === 'stop' && called ? 'toolCalls' : finish;
}

/** Anthropic's clients run a tool only after `tool_use`, and wait for one after it. */
export function writeStopReason(finish: FinishReason, stopSequence: string | null, called: boolean): string {
  if (finish === 'length') return 'max_tokens';
  if (finish === 'contentFilter') return 'refusal';
  if (called) return 'tool_use';
  return stopSequence === null ? 'end_turn' : 'stop_sequence';
}
