import { findCarried } from '../hub/carriedSignature.ts';
import { type Fields, isFields } from '../hub/reader.ts';
import type { ReasoningPart, Signature } from '../hub/turn.ts';

/** What a reasoning item holds: reasoning, or only the signature of its neighbour. */
export type ReadReasoning =
  | { readonly of: 'reasoning'; readonly part: ReasoningPart }
  /** The tool call that follows it. */
  | { readonly of: 'call'; readonly signature: Signature }
  /** The text before it. */
  | { readonly of: 'text'; readonly signature: Signature };

function textsOf(list: unknown): string {
  if (!Array.isArray(list)) return '';
  return list
    .flatMap((part: unknown) => (isFields(part) && typeof part.text === 'string' ? [part.text] : []))
    .join('\n\n');
}

/** Open models tell their reasoning in `content`, OpenAI's own a `summary` of it. */
export function readReasoningItem(item: Fields): ReadReasoning {
  const text = textsOf(item.content) || textsOf(item.summary);
  const encrypted = item.encrypted_content;
  if (typeof encrypted !== 'string' || encrypted === '')
    return { of: 'reasoning', part: { type: 'reasoning', text } };
  const carried = findCarried(encrypted);
  if (!carried) {
    const signature: Signature = { family: 'openai', value: encrypted };
    const id = typeof item.id === 'string' && item.id !== '' ? { id: item.id } : {};
    return { of: 'reasoning', part: { type: 'reasoning', text, signature, ...id } };
  }
  const { signature, use, id } = carried;
  if (use === 'call' || use === 'text') return { of: use, signature };
  const part: ReasoningPart = {
    type: 'reasoning',
    text,
    signature,
    ...(use === 'redacted' ? { redacted: true } : {}),
    ...(id === null ? {} : { id }),
  };
  return { of: 'reasoning', part };
}
