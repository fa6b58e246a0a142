import type { TFunction } from 'i18next';
import type { AccountView } from '../../main/contract/schemas/views.ts';

/** How an account stands, in a word: what is said of a key is not said of a login. */
export function accountStateWords(
  { state, email }: Pick<AccountView, 'state' | 'email'>,
  t: TFunction,
): string {
  const ofLogins = state === 'refused' || state === 'locked' || state === 'missing';
  return email && ofLogins ? t(`login.state.${state}`) : t(`state.${state}`);
}
