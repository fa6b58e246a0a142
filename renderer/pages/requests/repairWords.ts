// Puts the gateway's short English phrases for what it changed in a request into the user's language.
import type { TFunction } from 'i18next';

const fixed = [
  [/^merged neighbouring messages of one role$/, 'repaired.merged'],
  [/^switched off thinking$/, 'repaired.thinkingOff'],
] as const;

/** What can stand in a phrase besides the names of options, which are the same in every language. */
const things = [
  [/^earlier thinking$/, 'repaired.thing.earlierThinking'],
  [/^(developer|system) messages$/, 'repaired.thing.messages'],
  [/^later system messages$/, 'repaired.thing.laterSystem'],
] as const;

function thing(words: string, t: TFunction): string {
  for (const [pattern, key] of things) {
    const found = pattern.exec(words);
    if (found) return t(key, { role: found[1] ?? '' });
  }
  return words;
}

/** `left out X` and `sent X as Y` in the user's words; a phrase of any other shape stays as it is. */
export function repairWords(phrase: string, t: TFunction): string {
  const whole = fixed.find(([pattern]) => pattern.test(phrase));
  if (whole) return t(whole[1]);
  const left = /^left out (.+)$/.exec(phrase);
  if (left?.[1]) return t('repaired.leftOut', { what: thing(left[1], t) });
  const sent = /^sent (.+) as (.+)$/.exec(phrase);
  if (sent?.[1] && sent[2]) return t('repaired.sentAs', { from: thing(sent[1], t), to: thing(sent[2], t) });
  return phrase;
}
