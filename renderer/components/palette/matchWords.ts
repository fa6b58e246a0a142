// Decides how well what was typed names an entry. Every word must be found; the better it fits, the higher it scores.
import pinyin from 'pinyin-match';

/** `openrt` in `OpenRouter`: the letters in this order, the first at a word's start. */
function inOrder(word: string, text: string): boolean {
  let at = text.search(new RegExp(`(^|[^\\p{L}\\p{N}])${word[0]?.replace(/[^\p{L}\p{N}]/u, '\\$&')}`, 'u'));
  if (at < 0) return false;
  for (const letter of word) {
    at = text.indexOf(letter, at);
    if (at < 0) return false;
    at += 1;
  }
  return true;
}

function scoreWord(word: string, text: string): number {
  if (text === word) return 6;
  if (text.startsWith(word)) return 5;
  const at = text.indexOf(word);
  if (at > 0) return /[\p{L}\p{N}]/u.test(text[at - 1] ?? '') ? 3 : 4;
  const sounds = /^[a-z]+$/.test(word) && pinyin.match(text, word);
  // A name that begins so comes before a sentence that holds it.
  if (sounds) return sounds[0] === 0 ? 2.5 : 2;
  return word.length > 2 && inOrder(word, text) ? 1 : 0;
}

/**
 * 0 where it does not fit. `texts` begin with the entry's name, which counts more than the others; Chinese is found by
 * its characters, its pinyin and their initials.
 */
export function matchWords(query: string, texts: readonly string[]): number {
  const [name = '', ...others] = texts.map((text) => text.toLowerCase());
  let sum = 0;
  for (const word of query.toLowerCase().split(/\s+/).filter(Boolean)) {
    const best = Math.max(scoreWord(word, name) * 1.5, ...others.map((text) => scoreWord(word, text)));
    if (best === 0) return 0;
    sum += best;
  }
  return sum;
}
