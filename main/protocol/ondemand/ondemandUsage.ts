import { isFields } from '../hub/reader.ts';
import type { Usage } from '../hub/turnResult.ts';

const countOf = (value: unknown): number => (typeof value === 'number' && value > 0 ? value : 0);

/** `publicMetrics` of a stream, or `metrics` of a whole answer; null where they hold no counts. */
export function readOndemandUsage(metrics: unknown): Usage | null {
  if (!isFields(metrics)) return null;
  const inputTokens = countOf(metrics.inputTokens);
  const outputTokens = countOf(metrics.outputTokens);
  if (inputTokens + outputTokens === 0) return null;
  return { inputTokens, outputTokens, cachedTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
}
