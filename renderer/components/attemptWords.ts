// Puts what the gateway says of the way to an upstream into the user's language. An upstream's own words are not known here.
import type { TFunction } from 'i18next';

/** The gateway's English, by its beginning, and the name of our words for it. */
const known = [
  [/^connection refused: nothing listens there$/, 'refused'],
  [/^host name not found$/, 'unknownHost'],
  [/^host name can not be looked up/, 'noLookup'],
  [/^network unreachable/, 'noNetwork'],
  [/^host unreachable$/, 'noWay'],
  [/^the network changed meanwhile$/, 'changed'],
  [/^connection reset$/, 'reset'],
  [/^connection closed while sending$/, 'sending'],
  [/^connection timed out$/, 'connectTimeout'],
  [/^connection closed before an answer$/, 'closed'],
  [/^its TLS certificate has expired$/, 'expired'],
  [/^its TLS certificate is self-signed$/, 'selfSigned'],
  [/^its TLS certificate is for another host name$/, 'otherHost'],
  [/^its TLS certificate can not be verified$/, 'unverified'],
  [/^no answer within (?<value>\d+) s$/, 'noAnswer'],
  [/^the answer is a web page/, 'webPage'],
  [/^the answer is empty$/, 'empty'],
  [/^the upstream redirects \((?<value>\d+)\)/, 'redirects'],
] as const;

/** Null for whatever an upstream said itself: that is quoted. */
export function attemptWords(reason: string, t: TFunction): string | null {
  for (const [pattern, name] of known) {
    const found = pattern.exec(reason);
    if (found) return t(`attempt.${name}`, { value: found.groups?.value ?? '' });
  }
  return null;
}
