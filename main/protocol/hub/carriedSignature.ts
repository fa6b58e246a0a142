// Carries what other makers' models sign through the one opaque member a dialect has, behind a prefix of our own, and finds it
// again when the client sends it back.
import type { ModelFamily, Signature } from './turn.ts';

/** What the signature signs: reasoning, reasoning that was withheld, the tool call that follows, or the text before. */
export type SignatureUse = 'thinking' | 'redacted' | 'call' | 'text';

export interface CarriedSignature {
  readonly signature: Signature;
  readonly use: SignatureUse;
  /** The item's id at its own maker, where it had one. */
  readonly id: string | null;
}

const pattern = /^sluice:(openai|anthropic|gemini):(thinking|redacted|call|text):([^:]*):(.*)$/s;

export function carrySignature({ signature, use, id }: CarriedSignature): string {
  return `sluice:${signature.family}:${use}:${encodeURIComponent(id ?? '')}:${signature.value}`;
}

function decodeId(text: string): string | null {
  try {
    return text === '' ? null : decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Null where the content is the dialect's own. */
export function findCarried(content: string): CarriedSignature | null {
  const found = pattern.exec(content);
  if (!found) return null;
  const [, family, use, id, value] = found as unknown as [string, ModelFamily, SignatureUse, string, string];
  return { signature: { family, value }, use, id: decodeId(id) };
}
