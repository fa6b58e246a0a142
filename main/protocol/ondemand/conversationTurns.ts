import type { Part } from '../hub/turn.ts';
import { writeCall } from './promptToolsText.ts';

/** Pieces of text that follow each other are one text; what stands on both sides of a call is two paragraphs. */
function spokenText(parts: readonly Part[]): string {
  let text = '';
  let last = -1;
  for (const [at, part] of parts.entries()) {
    if ((part.type !== 'text' && part.type !== 'refusal') || part.text === '') continue;
    const torn = text !== '' && last !== at - 1 && !/\s$/.test(text) && !/^\s/.test(part.text);
    text += torn ? `\n\n${part.text}` : part.text;
    last = at;
  }
  return text.trim();
}

/**
 * The text under which an assistant's answer stands in a conversation: words first, then calls. The same for an answer just
 * given and for what any client makes of it and sends back (some join its texts, drop its reasoning, write its JSON anew), so
 * that a session is found again by it.
 */
export function conversationTurns(parts: readonly Part[]): string {
  const said = parts.filter(({ type }) => type !== 'reasoning' && type !== 'media');
  const calls = said.flatMap((part) => (part.type === 'toolCall' ? [writeCall(part)] : []));
  const text = spokenText(said);
  return [...(text === '' ? [] : [text]), ...calls].join('\n\n');
}
