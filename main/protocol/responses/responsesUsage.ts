// Tokens as the responses API counts them: input with cached, output with reasoning, as in the hub.
import { type Fields, isFields } from '../hub/reader.ts';
import type { Usage } from '../hub/turnResult.ts';

function countOf(fields: Fields, name: string): number {
  const value = fields[name];
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.round(value) : 0;
}

const detailsOf = (fields: Fields, name: string): Fields => {
  const details = fields[name];
  return isFields(details) ? details : {};
};

/** Null where the upstream did not count. */
export function readResponsesUsage(value: unknown): Usage | null {
  if (!isFields(value)) return null;
  const input = detailsOf(value, 'input_tokens_details');
  return {
    inputTokens: countOf(value, 'input_tokens'),
    cachedTokens: countOf(input, 'cached_tokens'),
    cacheWriteTokens: countOf(input, 'cache_write_tokens'),
    outputTokens: countOf(value, 'output_tokens'),
    reasoningTokens: countOf(detailsOf(value, 'output_tokens_details'), 'reasoning_tokens'),
  };
}

/** Codex reads nothing but integers here, and all of them (clients.md section 3). */
export function responsesUsage(usage: Usage): Record<string, unknown> {
  return {
    input_tokens: usage.inputTokens,
    input_tokens_details: {
      cached_tokens: usage.cachedTokens,
      cache_write_tokens: usage.cacheWriteTokens,
    },
    output_tokens: usage.outputTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    total_tokens: usage.inputTokens + usage.outputTokens,
  };
}
