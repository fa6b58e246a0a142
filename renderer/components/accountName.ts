// What an account is called where it is listed. Addresses are shown as people can tell them apart, not as a list to copy.
import type { AccountView } from '../../main/contract/schemas/views.ts';

/** `jo•••@example.com`: the first letters and the domain. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 1) return email;
  const letters = [...email.slice(0, at)];
  return `${letters.slice(0, letters.length > 3 ? 2 : 1).join('')}•••${email.slice(at)}`;
}

export function accountName(account: Pick<AccountView, 'id' | 'name' | 'email' | 'secret'>): string {
  const { id, name, email, secret } = account;
  return name || (email ? maskEmail(email) : null) || secret.mask || id;
}
