import type { Usage } from './turnResult.ts';

const charactersPerToken = 4;

/**
 * For upstreams that don't count: clients take a missing number for a fault, or shorten their history by it. `written`: characters
 * of the answer.
 */
export function guessUsage(inputTokens: number, written: number): Usage {
  return {
    inputTokens: Math.max(0, Math.round(inputTokens)),
    cachedTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: Math.ceil(written / charactersPerToken),
    reasoningTokens: 0,
  };
}
