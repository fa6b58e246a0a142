// Thoughts that an answer begins with, between tags in its text: MiniMax tells them so, and open models wherever their server does
// not know them (Ollama, LM Studio, vLLM, llama.cpp without a parser).
import type { TurnEvent } from '../hub/turnEvent.ts';

const names = ['think', 'thinking', 'thought'];
const openings = names.map((name) => `<${name}>`);

/** The text of an answer with what was thought before it, as such a model wrote it. */
export const withThoughts = (thoughts: string, text: string): string =>
  thoughts === '' ? text : `<think>\n${thoughts}\n</think>\n\n${text}`;

export interface ThinkTags {
  /** The next piece of the text, as far as it is known what it is. */
  push(text: string): TurnEvent[];
  /** Something that is no text follows: what was held back is what it looks like, and all text to come is the answer's. */
  flush(): TurnEvent[];
}

type TextEvent = Extract<TurnEvent, { type: 'text' | 'reasoning' }>;

const said = (type: TextEvent['type'], text: string): TextEvent[] => (text === '' ? [] : [{ type, text }]);

/** Where the text ends with a beginning of `tag`; its length where it does not. */
function cutBefore(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length--)
    if (tag.startsWith(text.slice(-length))) return text.length - length;
  return text.length;
}

export function createThinkTags(): ThinkTags {
  /** Before the first word; within the thoughts; behind them, before the next word; in the answer. */
  let place: 'start' | 'thoughts' | 'gap' | 'answer' = 'start';
  let closing = '';
  let held = '';
  let begun = false;

  function begin(): TurnEvent[] {
    const words = held.trimStart();
    const opening = openings.find((tag) => words.startsWith(tag));
    if (opening) {
      place = 'thoughts';
      closing = opening.replace('<', '</');
      held = words.slice(opening.length);
      return think();
    }
    return openings.some((tag) => tag.startsWith(words)) ? [] : flush();
  }

  function think(): TurnEvent[] {
    if (!begun) held = held.trimStart();
    const at = held.indexOf(closing);
    if (at >= 0) {
      const thoughts = said('reasoning', held.slice(0, at).trimEnd());
      place = 'gap';
      held = held.slice(at + closing.length);
      return [...thoughts, ...answer()];
    }
    // The line breaks before the closing tag are part of neither.
    const whole = held.slice(0, cutBefore(held, closing)).trimEnd();
    held = held.slice(whole.length);
    begun ||= whole !== '';
    return said('reasoning', whole);
  }

  function answer(): TurnEvent[] {
    held = held.trimStart();
    return held === '' ? [] : flush();
  }

  function flush(): TurnEvent[] {
    const rest = place === 'thoughts' ? said('reasoning', held.trimEnd()) : said('text', held);
    place = 'answer';
    held = '';
    return rest;
  }

  return {
    push(text) {
      if (place === 'answer') return said('text', text);
      held += text;
      if (place === 'start') return begin();
      return place === 'thoughts' ? think() : answer();
    },
    flush,
  };
}
