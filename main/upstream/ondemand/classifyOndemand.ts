// What a refusal of on-demand.io means (ondemand-protocol.md sections 2.8 and 6.3), where that differs from others. What it leaves open is null.
import type { Failure, HttpFailureInput } from '../failure.ts';
import { isPlainUnauthorized, readRefusal } from './readRefusal.ts';

const minute = 60_000;
const hour = 60 * minute;

/** The id is known and switched off, or not known at all: ids come and go within weeks. */
const inactive =
  /\bendpoint(?:_?id)?\b[^.]{0,10}(?:\S+\s+){0,3}?(?:is (?:not|no longer) active|is inactive|not found|does not exist|is invalid)/i;

/** In a stream, where no status tells it: the request is refused for what it says. */
export const refusesContent = (reason: string): boolean => /content[_ ]policy/i.test(reason);

/** A limit holds for the whole account; where no time is named, as long as clients of this service use to stay away. */
export function ondemandRateLimit(statedMs: number | null): Failure['hold'] {
  return { scope: 'account', state: 'cooling', ms: Math.max(statedMs ?? 5 * minute, 100) };
}

/** By then the call was made once more where that is known to help. */
export function classifyOndemandStatus(input: HttpFailureInput): Failure | null {
  const { status, message: reason, text } = input;
  const base = { breaks: false, hold: null, reason, status } as const;
  const refusal = { ...readRefusal(Buffer.from(text), status), message: reason };
  if (status === 400 && inactive.test(reason)) {
    const hold = { scope: 'model', state: 'missing', ms: 12 * hour } as const;
    return { ...base, outcome: 'model-missing', next: 'other', hold };
  }
  if (status === 400 || (status === 403 && refusal.errorCode === 'content_policy_violation'))
    return { ...base, outcome: 'invalid', next: 'return' };
  // Valid keys meet this for moments: a day, as for a key that is named as wrong, would be too long.
  if (isPlainUnauthorized(refusal)) {
    const hold = { scope: 'account', state: 'refused', ms: 10 * minute } as const;
    return { ...base, outcome: 'refused', next: 'other', hold };
  }
  // A path or a session that is not there is no mistake of the caller, who knows of neither.
  if (status === 404) return { ...base, outcome: 'server-error', next: 'other', breaks: true };
  // A session that got no answer is not used again, so that nothing is said twice to the same one.
  if (status === 504 || status === 524) return { ...base, outcome: 'timeout', next: 'same', breaks: true };
  return null;
}
