// Puts the gateway's own short reasons into the user's language; an upstream's words are left as they are.
import type { TFunction } from 'i18next';
import { type LimitKind, limitKinds } from './endpointStanding.ts';

const fixed = [
  [/^endpoint is switched off$/, 'reason.endpointOff'],
  [/^account is switched off$/, 'reason.accountOff'],
] as const;

const led = [
  [/^cooling down: (.*)$/s, 'reason.cooling'],
  [/^credential refused: (.*)$/s, 'reason.refused'],
  [/^out of credit: (.*)$/s, 'reason.exhausted'],
  [/^model not found there: (.*)$/s, 'reason.missing'],
  [/^circuit open: (.*)$/s, 'reason.open'],
] as const;

function isLimit(kind: string | undefined): kind is LimitKind {
  return limitKinds.some((known) => known === kind);
}

export function reasonWords(reason: string, t: TFunction): string {
  const whole = fixed.find(([pattern]) => pattern.test(reason));
  if (whole) return t(whole[1]);
  const limit = /^limit (\w+) (\d+) reached$/.exec(reason);
  if (isLimit(limit?.[1])) return t('reason.limit', { limit: t(`limit.${limit[1]}`), allowed: limit[2] });
  for (const [pattern, key] of led) {
    const found = pattern.exec(reason);
    if (found) return t(key, { detail: found[1] });
  }
  return reason;
}
