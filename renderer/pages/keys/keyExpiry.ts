// How long a client key is good for. Pure.
const dayMs = 86_400_000;
/** From here on it is worth a warning: time enough to make another one. */
const nearMs = 7 * dayMs;

export type KeyExpiry =
  | { state: 'never' }
  | { state: 'far'; time: number }
  /** `days` are whole days left; 0 on the last one. */
  | { state: 'near'; time: number; days: number }
  | { state: 'over'; time: number };

/** `expiresAt` is an ISO moment, `now` Unix ms. */
export function keyExpiry(expiresAt: string | null, now: number): KeyExpiry {
  if (expiresAt === null) return { state: 'never' };
  const time = Date.parse(expiresAt);
  if (time <= now) return { state: 'over', time };
  if (time - now > nearMs) return { state: 'far', time };
  return { state: 'near', time, days: Math.floor((time - now) / dayMs) };
}

export const expiryChoices = ['never', 'week', 'month', 'date'] as const;
export type ExpiryChoice = (typeof expiryChoices)[number];

const choiceDays = { week: 7, month: 30 } as const;

/** The moment a choice means, as an ISO text. `date` is what the browser's own field holds, in local time; empty means never. */
export function expiryMoment(choice: ExpiryChoice, date: string, now: number): string | null {
  if (choice === 'never' || (choice === 'date' && date === '')) return null;
  if (choice === 'date') return new Date(date).toISOString();
  return new Date(now + choiceDays[choice] * dayMs).toISOString();
}
