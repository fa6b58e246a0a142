// Puts the gateway's reasons for passing somebody over into the user's language; an upstream's own words are left as they are.
import type { TFunction } from 'i18next';
import type { Why } from '../../main/contract/schemas/record.ts';
import { operationWords } from './operationWords.ts';

/** The member of a request that can't be carried, and the name of our words for it. */
const carried: ReadonlyMap<
  string | undefined,
  'messages' | 'system' | 'tool' | 'tools' | 'tool_choice' | 'n' | 'modalities'
> = new Map([
  ['messages', 'messages'],
  ['messages.system', 'system'],
  ['messages.tool', 'tool'],
  ['tools', 'tools'],
  ['tool_choice', 'tool_choice'],
  ['n', 'n'],
  ['modalities', 'modalities'],
] as const);

/** What the code and its facts say; null where they leave something to the words. */
function wholeWords({ code, facts }: Why, t: TFunction): string | null {
  if (code === 'limited' && facts.limit)
    return t('reason.limited', { limit: t(`limit.${facts.limit}`), allowed: facts.allowed });
  if (code === 'unsupported' && facts.operation)
    return t('reason.noOperation', { operation: operationWords(facts.operation, t) });
  if (code === 'excluded' && facts.pattern) return t('reason.excludedBy', { pattern: `!${facts.pattern}` });
  const member = code === 'cannot-carry' && carried.get(facts.member);
  return member ? t(`reason.carry.${member}`) : null;
}

/** What the code says. A reason without a code, from an older record, stays in its English. */
export function reasonWords(why: Why, t: TFunction): string {
  return why.code === null ? why.reason : (wholeWords(why, t) ?? t(`reason.${why.code}`));
}

/** Code and, where somebody said something that it does not say itself, their words, in one line. */
export function reasonLine(why: Why, t: TFunction): string {
  const { words } = why.facts;
  // What can't be carried is told by the gateway itself: its English stands behind our words.
  return words && why.code !== 'cannot-carry' && wholeWords(why, t) === null
    ? t('reason.said', { reason: reasonWords(why, t), words })
    : reasonWords(why, t);
}
