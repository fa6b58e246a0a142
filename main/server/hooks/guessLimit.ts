// Counts wrong secrets by address: twenty different ones a minute, and no more are looked at. It never sees a secret, only its hash.
import type { Clock } from '../../base/clock.ts';

export interface GuessLimit {
  /** False where a guess must be refused unseen. */
  mayTry(address: string): boolean;
  /** Counts a wrong secret; the same one again is no further guess. */
  wrong(address: string, hash: string): void;
}

const guessesPerMinute = 20;
const minuteMs = 60_000;
const maxAddresses = 2_000;

/** One caller has a whole /64 of IPv6 to itself; IPv4 in IPv6 counts as IPv4. */
export function addressGroup(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  if (tail === undefined) return left.slice(0, 4).join(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros: string[] = new Array(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}

export function createGuessLimit(clock: Clock): GuessLimit {
  /** address group -> hash of a wrong secret -> when it was tried */
  const guesses = new Map<string, Map<string, number>>();

  function recent(group: string): Map<string, number> | null {
    const found = guesses.get(group);
    if (!found) return null;
    const since = clock.monotonic() - minuteMs;
    for (const [hash, time] of found) if (time <= since) found.delete(hash);
    if (found.size > 0) return found;
    guesses.delete(group);
    return null;
  }

  function makeRoom(): void {
    if (guesses.size < maxAddresses) return;
    for (const group of [...guesses.keys()]) recent(group);
    const oldest = guesses.keys().next().value;
    if (guesses.size >= maxAddresses && oldest !== undefined) guesses.delete(oldest);
  }

  return {
    mayTry: (address) => (recent(addressGroup(address))?.size ?? 0) < guessesPerMinute,
    wrong(address, hash) {
      const group = addressGroup(address);
      const found = recent(group) ?? new Map<string, number>();
      if (!found.has(hash)) found.set(hash, clock.monotonic());
      if (guesses.has(group)) return;
      makeRoom();
      guesses.set(group, found);
    },
  };
}
