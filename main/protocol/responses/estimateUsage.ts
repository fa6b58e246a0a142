import type { Usage } from '../hub/turnResult.ts';

const charactersPerToken = 4;

/** For upstreams that don't count: Codex shortens its history by these numbers, and has no other. */
export function estimateUsage(inputTokens: number, written: number): Usage {
  return {
    inputTokens: Math.max(0, Math.round(inputTokens)),
    cachedTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: Math.ceil(written / charactersPerToken),
    reasoningTokens: 0,
  };
}
