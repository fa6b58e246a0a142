// Anthropic counts what came from or went to a cache beside `input_tokens`, the hub within it.
import { type Fields, isFields } from '../hub/reader.ts';
import type { Usage } from '../hub/turnResult.ts';

const countOf = (fields: Fields, name: string): number => {
  const value = fields[name];
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
};

/**
 * The usage in force after one more report of a stream. Counts are cumulative, and some servers say 0 first or last: the larger
 * number counts. Other members are taken over as they come.
 */
export function mergeUsage(before: Fields | null, report: unknown): Fields | null {
  if (!isFields(report)) return before;
  // Told even where they are 0, the cache's counts show whose way of counting this is.
  const merged: Record<string, unknown> = {
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    ...before,
  };
  for (const [name, value] of Object.entries(report)) {
    if (value === null || value === undefined) continue;
    const known = merged[name];
    merged[name] = typeof value === 'number' && typeof known === 'number' ? Math.max(known, value) : value;
  }
  return merged;
}

/** Null where nothing was counted. */
export function readMessagesUsage(usage: unknown): Usage | null {
  if (!isFields(usage)) return null;
  const cachedTokens = countOf(usage, 'cache_read_input_tokens');
  const cacheWriteTokens = countOf(usage, 'cache_creation_input_tokens');
  const inputTokens = countOf(usage, 'input_tokens') + cachedTokens + cacheWriteTokens;
  const outputTokens = countOf(usage, 'output_tokens');
  if (inputTokens + outputTokens === 0) return null;
  const details = usage.output_tokens_details;
  const reasoningTokens = isFields(details) ? countOf(details, 'thinking_tokens') : 0;
  return { inputTokens, cachedTokens, cacheWriteTokens, outputTokens, reasoningTokens };
}

/** Tokens of a text, roughly: four letters of Latin script make one, a letter of most others nearly one. */
export function guessTokens(text: string): number {
  let wide = 0;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x2e7f) wide++;
  return Math.ceil((text.length - wide) / 4 + wide * 0.8);
}

/** All numbers, as every client expects. A count the upstream did not give is replaced by `guess`. */
export function writeMessagesUsage(
  usage: Usage | null,
  guess: { inputTokens: number; outputTokens: number },
): Record<string, unknown> {
  const { cachedTokens = 0, cacheWriteTokens = 0, reasoningTokens = 0 } = usage ?? {};
  const input = usage?.inputTokens || guess.inputTokens;
  return {
    input_tokens: Math.max(0, input - cachedTokens - cacheWriteTokens),
    cache_creation_input_tokens: cacheWriteTokens,
    cache_read_input_tokens: cachedTokens,
    output_tokens: usage?.outputTokens || guess.outputTokens,
    ...(reasoningTokens > 0 ? { output_tokens_details: { thinking_tokens: reasoningTokens } } : {}),
  };
}
