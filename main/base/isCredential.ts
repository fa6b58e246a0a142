// Decides by a field's name and the look of its value whether the value is a credential. Pure; it knows no place where fields stand.
import { looksSecret } from './redact.ts';

const namePattern = /auth|cookie|key|token|secret|passw|passphrase|credential|session|jwt/i;

/** True for a URL without user name and password, such as `https://login.example.com`. */
const isBareUrl = (value: string): boolean => /^https?:\/\/[^@]*$/i.test(value);

/** `Authorization`, `x-api-key`, `Cookie`, `cf-access-client-secret`: the name says that what stands behind it is a credential. */
export function isCredentialName(name: string): boolean {
  return namePattern.test(name);
}

/** True where the name says so, but for an address; and where the value has the shape of a known kind of key. */
export function isCredential(name: string, value: string): boolean {
  if (looksSecret(value)) return true;
  return value !== '' && isCredentialName(name) && !isBareUrl(value);
}
