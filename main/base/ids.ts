import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A request id that sorts by time: base-36 milliseconds and 64 random bits. */
export function requestId(now: number): string {
  const random = randomBytes(8);
  let tail = '';
  for (const byte of random) tail += alphabet[byte % 36];
  return `req_${now.toString(36)}${tail}`;
}
