// Puts the gateway's reasons for passing somebody over into the user's language; an upstream's own words are left as they are.
import type { TFunction } from 'i18next';
import type { Why } from '../../main/contract/schemas/record.ts';

/** What the code says. A reason without a code, from an older record, stays in its English. */
export function reasonWords({ code, facts, reason }: Why, t: TFunction): string {
  if (code === null) return reason;
  if (code === 'limited' && facts.limit)
    return t('reason.limited', { limit: t(`limit.${facts.limit}`), allowed: facts.allowed });
  return t(`reason.${code}`);
}

/** Code and, where somebody said something, their words, in one line. */
export function reasonLine(why: Why, t: TFunction): string {
  const { words } = why.facts;
  return words ? t('reason.said', { reason: reasonWords(why, t), words }) : reasonWords(why, t);
}
