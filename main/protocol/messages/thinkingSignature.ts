// Anthropic's clients send thinking blocks back as they came. That makes a block's signature the place where another family's
// opaque data survives a conversation.
import { type CarriedSignature, carrySignature, findCarried } from '../hub/carriedSignature.ts';
import type { Signature } from '../hub/turn.ts';

/**
 * The `signature` of a thinking block; '' for none. `use` says what was signed: the reasoning in the block, or the tool call
 * behind it (Gemini).
 */
export function writeSignature(
  signature: Signature | null,
  use: 'thinking' | 'call',
  id: string | null = null,
): string {
  if (!signature) return '';
  const own = signature.family === 'anthropic' && use === 'thinking';
  return own ? signature.value : carrySignature({ signature, use, id });
}

/** Null for an empty value: there is no signature. */
export function readSignature(value: string): CarriedSignature | null {
  if (value === '') return null;
  return findCarried(value) ?? { signature: { family: 'anthropic', value }, use: 'thinking', id: null };
}
