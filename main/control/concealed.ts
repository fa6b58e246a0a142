// Credentials that users put where no secret field is: own headers, a proxy's password, options. They are shown masked,
// and a mask that comes back from a form unchanged stands for the value it hides.
import { concealProxy } from '../base/proxyUrl.ts';
import { maskSecret } from '../base/redact.ts';

const credentialName = /auth|cookie|api-?key|access-?key|token$|secret|password|passphrase/i;

const conceals = (name: string, value: unknown): value is string =>
  typeof value === 'string' && credentialName.test(name) && !/^https?:\/\/[^@]*$/i.test(value);

/** Headers or options with the values of credential-like names masked. */
export function concealValues<T>(values: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      conceals(name, value) ? (maskSecret(value) as T) : value,
    ]),
  );
}

/** What a form sent, with each unchanged mask replaced by the value behind it. */
export function restoreValues<T>(
  next: Readonly<Record<string, T>>,
  current: Readonly<Record<string, T>>,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(next).map(([name, value]) => {
      const held = Object.hasOwn(current, name) ? current[name] : undefined;
      return [name, conceals(name, held) && value === maskSecret(held) ? (held as T) : value];
    }),
  );
}

/** Without the credentials that `values` shares with `current`: what was not typed anew. */
export function dropHeldValues<T>(
  values: Readonly<Record<string, T>>,
  current: Readonly<Record<string, T>>,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) => !(conceals(name, value) && Object.hasOwn(current, name) && current[name] === value),
    ),
  );
}

/** What a form sent, or what it stands for where it is the mask of the current one. */
export function restoreProxy(next: string | null, current: string | null): string | null {
  return next !== null && next === concealProxy(current) ? current : next;
}
