import { isFields } from '../hub/reader.ts';
import type { Usage } from '../hub/turnResult.ts';

const count = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.round(value) : 0;

/** Tokens of a `usageMetadata`; null where it holds no count. Its candidates leave the thoughts out, its prompt holds what was cached. */
export function readGeminiUsage(metadata: unknown): Usage | null {
  if (!isFields(metadata)) return null;
  const inputTokens = count(metadata.promptTokenCount) + count(metadata.toolUsePromptTokenCount);
  const reasoningTokens = count(metadata.thoughtsTokenCount);
  const said = count(metadata.candidatesTokenCount);
  const outputTokens =
    said + reasoningTokens > 0
      ? said + reasoningTokens
      : Math.max(0, count(metadata.totalTokenCount) - inputTokens);
  if (inputTokens + outputTokens === 0) return null;
  const cachedTokens = Math.min(inputTokens, count(metadata.cachedContentTokenCount));
  return { inputTokens, cachedTokens, cacheWriteTokens: 0, outputTokens, reasoningTokens };
}

export function writeGeminiUsage(usage: Usage): Record<string, number> {
  const { inputTokens, cachedTokens, outputTokens, reasoningTokens } = usage;
  return {
    promptTokenCount: inputTokens,
    ...(cachedTokens > 0 ? { cachedContentTokenCount: cachedTokens } : {}),
    candidatesTokenCount: Math.max(0, outputTokens - reasoningTokens),
    ...(reasoningTokens > 0 ? { thoughtsTokenCount: reasoningTokens } : {}),
    totalTokenCount: inputTokens + outputTokens,
  };
}
