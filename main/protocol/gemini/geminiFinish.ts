import type { FinishReason } from '../hub/turnResult.ts';
import { membersOf, textOf } from './geminiFields.ts';

export type GeminiEnding =
  | { readonly kind: 'finish'; readonly reason: FinishReason }
  /** The model failed at the answer; another attempt may do better. */
  | { readonly kind: 'error'; readonly code: string };

const filtered = new Set(['SAFETY', 'RECITATION', 'LANGUAGE', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII']);

const failures = new Set([
  'MALFORMED_FUNCTION_CALL',
  'MALFORMED_RESPONSE',
  'UNEXPECTED_TOOL_CALL',
  'TOO_MANY_TOOL_CALLS',
  'MISSING_THOUGHT_SIGNATURE',
  'NO_IMAGE',
  'OTHER',
]);

/** What a `finishReason` means; null where it says that the model has not finished. Reasons not known yet count as a plain stop. */
export function readFinishReason(reason: unknown): GeminiEnding | null {
  if (typeof reason !== 'string' || reason === '' || reason === 'FINISH_REASON_UNSPECIFIED') return null;
  if (failures.has(reason)) return { kind: 'error', code: reason };
  if (filtered.has(reason) || reason.startsWith('IMAGE_')) return { kind: 'finish', reason: 'contentFilter' };
  const length = reason === 'MAX_TOKENS' || reason === 'CONTINUATION';
  return { kind: 'finish', reason: length ? 'length' : 'stop' };
}

/** Gemini has no word of its own for "I want tools called": STOP, and the calls are there. */
export const finishReasons: Readonly<Record<FinishReason, string>> = {
  stop: 'STOP',
  length: 'MAX_TOKENS',
  toolCalls: 'STOP',
  contentFilter: 'SAFETY',
};

/** Why a prompt was not answered at all; null where it was. */
export function readBlockReason(promptFeedback: unknown): string | null {
  const reason = textOf(membersOf(promptFeedback).blockReason);
  return reason === '' || reason.endsWith('_UNSPECIFIED') ? null : reason;
}
