// Reads what an upstream says it used, in the spellings that are about. The hub's meaning: input with cached, output with reasoning.
import type { UsageTokens } from '../contract/schemas/record.ts';
import { countOf } from '../protocol/hub/countOf.ts';
import type { Fields } from '../protocol/hub/reader.ts';

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function reported(input: number, output: number, cached: number, reasoning: number): UsageTokens | null {
  // A server that says "nothing" about an answer it gave has not counted.
  if (input + output === 0) return null;
  return {
    input,
    output,
    cached: Math.min(cached, input),
    reasoning: Math.min(reasoning, output),
    source: 'reported',
  };
}

/** OpenAI chat, completions, embeddings and responses, and the many who answer like them. */
function readOpenAi(usage: Fields): UsageTokens | null {
  const inputDetails = fieldsOf(usage.prompt_tokens_details ?? usage.input_tokens_details);
  const outputDetails = fieldsOf(usage.completion_tokens_details ?? usage.output_tokens_details);
  const total = countOf(usage, 'total_tokens');
  const said = countOf(usage, 'completion_tokens', 'output_tokens');
  const input = countOf(usage, 'prompt_tokens', 'input_tokens') ?? Math.max(0, (total ?? 0) - (said ?? 0));
  const cached =
    countOf(inputDetails, 'cached_tokens') ?? countOf(usage, 'prompt_cache_hit_tokens', 'cached_tokens') ?? 0;
  const told = countOf(outputDetails, 'reasoning_tokens') ?? countOf(usage, 'reasoning_tokens');
  const output = said ?? Math.max(0, (total ?? 0) - input);
  // xAI counts reasoning beside the completion, Gemini's OpenAI surface nowhere else: the total gives it away.
  const beside = Math.max(0, (total ?? 0) - input - output);
  const elsewhere = cached + (countOf(usage, 'cache_read_input_tokens', 'cache_creation_input_tokens') ?? 0);
  const isReasoning = told === null ? elsewhere === 0 : told === beside;
  return reported(input, output + (isReasoning ? beside : 0), cached, told ?? (isReasoning ? beside : 0));
}

/** Anthropic's input leaves the cache out. */
function readAnthropic(usage: Fields): UsageTokens | null {
  const cached = countOf(usage, 'cache_read_input_tokens') ?? 0;
  const written = countOf(usage, 'cache_creation_input_tokens') ?? 0;
  const input = (countOf(usage, 'input_tokens') ?? 0) + cached + written;
  const thinking = countOf(fieldsOf(usage.output_tokens_details), 'thinking_tokens') ?? 0;
  return reported(input, countOf(usage, 'output_tokens') ?? 0, cached, thinking);
}

/** Gemini's candidates leave the thoughts out. */
function readGemini(usage: Fields): UsageTokens | null {
  const input = (countOf(usage, 'promptTokenCount') ?? 0) + (countOf(usage, 'toolUsePromptTokenCount') ?? 0);
  const thoughts = countOf(usage, 'thoughtsTokenCount') ?? 0;
  const output = (countOf(usage, 'candidatesTokenCount') ?? 0) + thoughts;
  return reported(input, output, countOf(usage, 'cachedContentTokenCount') ?? 0, thoughts);
}

/** The hub's own count: what a translated stream is watched by. */
function readHub(usage: Fields): UsageTokens | null {
  return reported(
    countOf(usage, 'inputTokens') ?? 0,
    countOf(usage, 'outputTokens') ?? 0,
    countOf(usage, 'cachedTokens') ?? 0,
    countOf(usage, 'reasoningTokens') ?? 0,
  );
}

/** The tokens of an upstream's `usage` (or `usageMetadata`) object; null where it holds no counts, and they have to be estimated. */
export function readUsage(usage: unknown): UsageTokens | null {
  const fields = fieldsOf(usage);
  if ('inputTokens' in fields) return readHub(fields);
  if ('promptTokenCount' in fields || 'candidatesTokenCount' in fields) return readGemini(fields);
  const isAnthropic =
    !('prompt_tokens' in fields) &&
    !('input_tokens_details' in fields) &&
    ('cache_read_input_tokens' in fields || 'cache_creation_input_tokens' in fields);
  return isAnthropic ? readAnthropic(fields) : readOpenAi(fields);
}
