// Token counts in chat's spelling and in those of its many speakers.
import { countOf } from '../hub/countOf.ts';
import { type Fields, isFields } from '../hub/reader.ts';
import type { Usage } from '../hub/turnResult.ts';

const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** Null where nothing was counted; zeros alone are no count. */
export function readChatUsage(usage: unknown): Usage | null {
  if (!isFields(usage)) return null;
  const input = fieldsOf(usage.prompt_tokens_details);
  const output = fieldsOf(usage.completion_tokens_details);
  const total = countOf(usage, 'total_tokens');
  const said = countOf(usage, 'completion_tokens');
  const inputTokens = countOf(usage, 'prompt_tokens') ?? Math.max(0, (total ?? 0) - (said ?? 0));
  let outputTokens = said ?? Math.max(0, (total ?? 0) - inputTokens);
  if (inputTokens + outputTokens === 0) return null;
  const told = countOf(output, 'reasoning_tokens') ?? countOf(usage, 'reasoning_tokens');
  const cachedTokens =
    countOf(input, 'cached_tokens') ??
    countOf(usage, 'prompt_cache_hit_tokens', 'cached_tokens', 'cache_read_input_tokens') ??
    0;
  const cacheWriteTokens =
    countOf(input, 'cache_write_tokens') ?? countOf(usage, 'cache_creation_input_tokens') ?? 0;
  // xAI counts reasoning beside the completion, Gemini's OpenAI surface nowhere else: the total gives it away.
  const beside = (total ?? 0) - inputTokens - outputTokens;
  const isReasoning = told === null ? cachedTokens + cacheWriteTokens === 0 : told === beside;
  const reasoningTokens = told ?? (isReasoning ? Math.max(0, beside) : 0);
  if (isReasoning && beside > 0) outputTokens += beside;
  return {
    inputTokens,
    cachedTokens,
    cacheWriteTokens,
    outputTokens,
    reasoningTokens,
  };
}

/** With copies of the cache's counts at the top level, where Roo Code looks for them. */
export function writeChatUsage(usage: Usage) {
  const { inputTokens, cachedTokens, cacheWriteTokens, outputTokens, reasoningTokens } = usage;
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens, cache_write_tokens: cacheWriteTokens },
    completion_tokens_details: { reasoning_tokens: reasoningTokens },
    cache_read_input_tokens: cachedTokens,
    cache_creation_input_tokens: cacheWriteTokens,
  };
}
