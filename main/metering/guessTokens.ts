/**
 * Tokens in so many bytes of UTF-8 text or JSON, without looking at it: English has about four bytes to a token, and so have
 * Chinese and Japanese with their three-byte characters. Good enough to reserve by; never for a bill.
 */
export function guessTokens(bytes: number): number {
  return Math.ceil(Math.max(0, bytes) / 4);
}
