// Gemini's `thoughtSignature` is the one opaque field that its clients send back as it came. Other makers' proofs travel in it:
// base64 of `sluice:FAMILY:` and a JSON object, which no signature of Google's begins with.
import type { ModelFamily, Signature } from '../hub/turn.ts';

/** Google takes this in place of a signature for calls that its models did not make. Source: ai.google.dev, thought signatures. */
export const noSignature = 'skip_thought_signature_validator';

/** What `sluice:` and anything behind it begin with in base64. */
const mark = 'c2x1aWNlO';

export interface CarriedSignature {
  readonly signature: Signature;
  readonly redacted: boolean;
  readonly id: string | null;
}

const isFamily = (name: string): name is ModelFamily => ['openai', 'anthropic', 'gemini'].includes(name);

function unpack(text: string): CarriedSignature | null {
  const [, family = '', json = ''] = /^sluice:(\w+):(.*)$/s.exec(text) ?? [];
  if (!isFamily(family)) return null;
  try {
    const { value, redacted, id } = JSON.parse(json) as { value?: unknown; redacted?: unknown; id?: unknown };
    if (typeof value !== 'string') return null;
    return {
      signature: { family, value },
      redacted: redacted === true,
      id: typeof id === 'string' ? id : null,
    };
  } catch {
    return null;
  }
}

/** Null where the field holds no signature, or one that means nothing. */
export function readSignature(value: unknown): CarriedSignature | null {
  if (typeof value !== 'string' || value === '' || value === noSignature) return null;
  if (value.startsWith(mark)) return unpack(Buffer.from(value, 'base64').toString('utf8'));
  return { signature: { family: 'gemini', value }, redacted: false, id: null };
}

/** The text of a `thoughtSignature` that `readSignature` reads back. */
export function writeSignature(
  { family, value }: Signature,
  redacted = false,
  id: string | null = null,
): string {
  if (family === 'gemini') return value;
  const carried = { value, ...(redacted ? { redacted } : {}), ...(id === null ? {} : { id }) };
  return Buffer.from(`sluice:${family}:${JSON.stringify(carried)}`).toString('base64');
}
