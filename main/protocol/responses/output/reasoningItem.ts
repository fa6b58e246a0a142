import type { ItemPlace, OutputItem, Wire } from './outputItem.ts';

export interface ReasoningItem extends OutputItem {
  text(delta: string): void;
  /** To be told before it is closed: what goes into `encrypted_content`. */
  seal(encryptedContent: string): void;
}

/** Reasoning is told as a summary of one part, the place where every client looks for it. */
export function createReasoningItem(place: ItemPlace): ReasoningItem {
  let text: string | null = null;
  let sealed: string | null = null;
  let closed = false;

  const part = (words: string): Wire => ({ type: 'summary_text', text: words });
  const value = (): Wire => ({
    id: place.id,
    type: 'reasoning',
    summary: text === null ? [] : [part(text)],
    ...(sealed === null ? {} : { encrypted_content: sealed }),
  });
  const tell = (type: string, fields: Wire): void =>
    place.tell(`response.${type}`, { summary_index: 0, ...fields });

  place.tellItem('added', value());
  return {
    value,
    text(delta) {
      if (text === null) tell('reasoning_summary_part.added', { part: part('') });
      text = (text ?? '') + delta;
      tell('reasoning_summary_text.delta', { delta });
    },
    seal(encryptedContent) {
      sealed = encryptedContent;
    },
    close() {
      if (closed) return;
      closed = true;
      if (text !== null) {
        tell('reasoning_summary_text.done', { text });
        tell('reasoning_summary_part.done', { part: part(text) });
      }
      place.tellItem('done', value());
    },
  };
}
