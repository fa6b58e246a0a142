// What a form holds of accounts on their way in, and the accounts it comes to. Pure.
import type { EndpointKind } from '../../../main/contract/schemas/endpoint.ts';
import { isAddress, type PastedAccount, parseKeyLines, withoutDoubles } from './parseKeyLines.ts';

export interface LoginRow {
  email: string;
  password: string;
}

export interface Credentials {
  /** Keys as they were pasted, one a line. */
  keys: string;
  /** E-mail logins; kinds without logins ignore them. */
  logins: LoginRow[];
}

export const noCredentials: Credentials = { keys: '', logins: [] };

/** Kinds whose accounts may be an e-mail address with its password. */
export function hasLogins(kind: EndpointKind): boolean {
  return kind === 'ondemand';
}

/** Every whole account, each once. */
export function accountsOf(kind: EndpointKind, { keys, logins }: Credentials): PastedAccount[] {
  if (!hasLogins(kind)) return parseKeyLines(keys);
  const typed = logins
    .map(({ email, password }) => ({ email: email.trim(), secret: password }))
    .filter(({ email, secret }) => email && secret);
  return withoutDoubles([...parseKeyLines(keys, { logins: true }), ...typed]);
}

/** How many logins lack their address or their password. */
export function halfLogins(kind: EndpointKind, { keys, logins }: Credentials): number {
  if (!hasLogins(kind)) return 0;
  const rows = logins.filter(({ email, password }) => (email.trim() === '') !== (password === ''));
  return rows.length + keys.split(/\r?\n/).filter(isAddress).length;
}

/** The other way round: accounts that were not saved, for the form to hold again. */
export function credentialsOf(accounts: readonly PastedAccount[]): Credentials {
  const keys = accounts.filter(({ email }) => email === undefined);
  const logins = accounts.flatMap(({ email, secret }) => (email ? [{ email, password: secret }] : []));
  return {
    keys: keys.map(({ name, secret }) => (name ? `${name} = ${secret}` : secret)).join('\n'),
    logins,
  };
}
