import type { FinishReason } from '../hub/turnResult.ts';

const reasons: Readonly<Record<string, FinishReason>> = {
  length: 'length',
  max_tokens: 'length',
  max_output_tokens: 'length',
  model_length: 'length',
  model_context_window_exceeded: 'length',
  content_filter: 'contentFilter',
  safety: 'contentFilter',
  sensitive: 'contentFilter',
  refusal: 'contentFilter',
};

/** `called`: there was a tool call. Several servers say `stop` behind one, and clients would close it late or never. */
export function readChatFinish(reason: string, called: boolean): FinishReason {
  const word = reason.toLowerCase();
  const known = Object.hasOwn(reasons, word) ? reasons[word] : undefined;
  return known ?? (called ? 'toolCalls' : 'stop');
}

const words = {
  stop: 'stop',
  length: 'length',
  toolCalls: 'tool_calls',
  contentFilter: 'content_filter',
} as const;

/** `legacy`: the client asked with `functions`, which have a word of their own. */
export function writeChatFinish(
  reason: FinishReason,
  called: boolean,
  legacy: boolean,
): (typeof words)[FinishReason] | 'function_call' {
  const calls = called && (reason === 'stop' || reason === 'toolCalls');
  if (calls) return legacy ? 'function_call' : 'tool_calls';
  return reason === 'toolCalls' ? 'stop' : words[reason];
}
